import type { GuideInvitation } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { GuideInvitationEntity } from './guide-invitation.entity.js';

export type InvitationRow = GuideInvitationEntity & { storeName: string };

const SELECT = 'SELECT i.*, s.name AS storeName FROM guide_invitations i JOIN stores s ON s.id = i.storeId';

export function toInvitation(row: InvitationRow): GuideInvitation {
  const { code, storeId, storeName, guideName, expiresAt, acceptedAt } = row;
  return { code, storeId, storeName, guideName, expiresAt, acceptedAt };
}

/** Reads of invitations. */
@Injectable()
export class GuideInvitations {
  async byCode(reader: Reader, code: string): Promise<InvitationRow | null> {
    return reader.first<InvitationRow>(`${SELECT} WHERE i.code = ?`, [code]);
  }

  /** Newest first, from the id `below` down. */
  async page(reader: Reader, below: string, limit: number): Promise<InvitationRow[]> {
    return reader.query<InvitationRow>(`${SELECT} WHERE i.id < ? ORDER BY i.id DESC LIMIT ${limit}`, [below]);
  }
}
