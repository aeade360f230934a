import type { HqRole } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import type { HqUserDirectory } from '../../platform/auth/hq-user-directory.js';
import type { Reader } from '../../platform/database/tx.js';
import type { HqUserEntity } from './hq-user.entity.js';

/** Who at headquarters may do what, asked anew at every request: who is disabled or demoted loses it at once. */
@Injectable()
export class HqUsers implements HqUserDirectory {
  async current(reader: Reader, userId: string): Promise<{ username: string; role: HqRole } | null> {
    const user = await reader.first<HqUserEntity>('SELECT * FROM hq_users WHERE id = ? AND disabledAt IS NULL', [
      userId,
    ]);
    return user && { username: user.username, role: user.hqRole as HqRole };
  }
}
