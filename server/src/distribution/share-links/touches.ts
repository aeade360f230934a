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
const MOST_VALID = 100;
/** Kept apart, so that opens of dead codes push no good one out. */
const MOST_OTHERS = 20;

/** Reads of arrivals. */
@Injectable()
export class Touches {
  /**
   * A member's 100 newest valid touches at or after `since` (business clock), and the 20 newest of the others, which
   * are kept as evidence only; newest first, equal times break by id (R1.4).
   */
  async ofMember(reader: Reader, memberId: string, since: number): Promise<Touch[]> {
    const newest = (validity: string, most: number) =>
      reader.query<TouchEntity>(
        `SELECT * FROM touches WHERE memberId = ? AND occurredAt >= ? AND ${validity}
         ORDER BY occurredAt DESC, id DESC LIMIT ${most}`,
        [memberId, since],
      );
    const valid = await newest(`validity = 'valid'`, MOST_VALID);
    const others = await newest(`validity <> 'valid'`, MOST_OTHERS);
    return [...valid, ...others].map(toTouch).sort((a, b) => b.occurredAt - a.occurredAt || (a.id > b.id ? -1 : 1));
  }

  async find(reader: Reader, id: string): Promise<Touch | null> {
    const row = await reader.first<TouchEntity>('SELECT * FROM touches WHERE id = ?', [id]);
    return row === null ? null : toTouch(row);
  }
}
