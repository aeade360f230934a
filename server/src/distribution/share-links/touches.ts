import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { TouchEntity } from './touch.entity.js';

/** `own`: a guide opened her own link (R3.3). */
export type TouchValidity = 'valid' | 'unknown' | 'revoked' | 'own';

export interface Touch {
  id: string;
  memberId: string;
  shareLinkId: string | null;
  /** Whose link it is, valid or not. */
  guideId: string | null;
  storeId: string | null;
  productId: string | null;
  scene: number;
  placement: string | null;
  validity: TouchValidity;
  /** Business clock. */
  occurredAt: number;
}

function toTouch(row: TouchEntity): Touch {
  const { id, memberId, shareLinkId, guideId, storeId, productId, scene, placement, validity, occurredAt } = row;
  return {
    id,
    memberId,
    shareLinkId,
    guideId,
    storeId,
    productId,
    scene,
    placement,
    validity: validity as TouchValidity,
    occurredAt,
  };
}

/** No decision looks further back, and somebody who opens links all day must not make every order slow. */
const MOST = 100;

/** Reads of arrivals. */
@Injectable()
export class Touches {
  /** A member's 100 newest touches at or after `since` (business clock), newest first; equal times break by id (R1.4). */
  async ofMember(reader: Reader, memberId: string, since: number): Promise<Touch[]> {
    const rows = await reader.query<TouchEntity>(
      `SELECT * FROM touches WHERE memberId = ? AND occurredAt >= ? ORDER BY occurredAt DESC, id DESC LIMIT ${MOST}`,
      [memberId, since],
    );
    return rows.map(toTouch);
  }

  async find(reader: Reader, id: string): Promise<Touch | null> {
    const row = await reader.first<TouchEntity>('SELECT * FROM touches WHERE id = ?', [id]);
    return row === null ? null : toTouch(row);
  }
}
