export { EnsureFirstHqUser, FIRST_USERNAME } from './ensure-first-hq-user.service.js';
export { ResetHqPassword } from './reset-hq-password.service.js';
export { HqUsersModule } from './users.module.js';
