import { Global, Module } from '@nestjs/common';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { HQ_USER_DIRECTORY } from '../../platform/auth/hq-user-directory.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuditLogQueries } from './audit-log.queries.js';
import { CreateHqUser } from './create-hq-user.service.js';
import { DisableHqUser } from './disable-hq-user.service.js';
import { EnsureFirstHqUser } from './ensure-first-hq-user.service.js';
import { HqSessionsController } from './hq-sessions.controller.js';
import { HqUserQueries } from './hq-user.queries.js';
import { HqUsersController } from './hq-users.controller.js';
import { HqUsers } from './hq-users.js';
import { LoginLimits } from './login-limits.js';
import { ResetHqPassword } from './reset-hq-password.service.js';
import { SignInHqUser } from './sign-in-hq-user.service.js';

/** Global, because the guard of every request asks for HQ_USER_DIRECTORY. */
@Global()
@Module({
  imports: [StoresModule],
  controllers: [HqSessionsController, HqUsersController, AuditLogController],
  providers: [
    SignInHqUser,
    LoginLimits,
    EnsureFirstHqUser,
    ResetHqPassword,
    CreateHqUser,
    DisableHqUser,
    HqUserQueries,
    AuditLogQueries,
    { provide: HQ_USER_DIRECTORY, useClass: HqUsers },
  ],
  exports: [ResetHqPassword, EnsureFirstHqUser, HQ_USER_DIRECTORY],
})
export class HqUsersModule {}
