import { HqRole } from '@mall/shared/hq';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { hashPassword } from '../../platform/auth/password.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import { HqUserEntity } from './hq-user.entity.js';

export const FIRST_USERNAME = 'admin';

/** Makes the first HQ user of an empty database, so that somebody can sign in and make the others. */
@Injectable()
export class EnsureFirstHqUser implements OnApplicationBootstrap {
  private readonly logger = new Logger(EnsureFirstHqUser.name);

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'hqInitialPassword'>,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.execute();
  }

  /** Does nothing without HQ_INITIAL_PASSWORD or when there is a user. Two processes at once make one. */
  async execute(): Promise<void> {
    const password = this.environment.hqInitialPassword;
    if (password === null) return;
    if ((await this.database.first('SELECT id FROM hq_users LIMIT 1')) !== null) return;
    const passwordHash = await hashPassword(password);
    const made = await this.unitOfWork.run((tx) =>
      tx.insertOnce(HqUserEntity, {
        id: newId('hqu'),
        username: FIRST_USERNAME,
        passwordHash,
        hqRole: HqRole.Owner,
        storeId: null,
        createdAt: this.clock.now(),
        disabledAt: null,
      }),
    );
    if (made) this.logger.log(`made the first HQ user, "${FIRST_USERNAME}"`);
  }
}
