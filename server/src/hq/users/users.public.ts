import { HqLoginAttemptEntity } from './hq-login-attempt.entity.js';
import { HqUserEntity } from './hq-user.entity.js';

export { EnsureFirstHqUser, FIRST_USERNAME } from './ensure-first-hq-user.service.js';
export { ResetHqPassword } from './reset-hq-password.service.js';
export { HqUsersModule } from './users.module.js';

export const HQ_USERS_ENTITIES = [HqUserEntity, HqLoginAttemptEntity];
