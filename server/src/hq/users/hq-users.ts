import { HqRole } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import type { CurrentHqRole, HqUserDirectory } from '../../platform/auth/hq-user-directory.js';
import type { Reader } from '../../platform/database/tx.js';
import type { HqUserEntity } from './hq-user.entity.js';

/** Who at headquarters may do what, asked anew at every request: who is disabled or demoted loses it at once. */
@Injectable()
export class HqUsers implements HqUserDirectory {
  async current(reader: Reader, userId: string): Promise<CurrentHqRole | null> {
    const user = await reader.first<HqUserEntity>('SELECT * FROM hq_users WHERE id = ? AND disabledAt IS NULL', [
      userId,
    ]);
    if (user === null) return null;
    const { username, hqRole, storeId } = user;
    // A store's manager without a store must not pass for one of HQ: hers is a store that does not exist.
    return { username, role: hqRole as HqRole, storeId: hqRole === HqRole.StoreManager ? (storeId ?? '') : null };
  }

  async nameOf(reader: Reader, userId: string): Promise<string | null> {
    const user = await reader.first<HqUserEntity>('SELECT * FROM hq_users WHERE id = ?', [userId]);
    return user?.username ?? null;
  }
}
