import { Module } from '@nestjs/common';
import { AuditLogController } from './audit-log.controller.js';
import { AuditLogQueries } from './audit-log.queries.js';
import { EnsureFirstHqUser } from './ensure-first-hq-user.service.js';
import { HqSessionsController } from './hq-sessions.controller.js';
import { LoginLimits } from './login-limits.js';
import { ResetHqPassword } from './reset-hq-password.service.js';
import { SignInHqUser } from './sign-in-hq-user.service.js';

@Module({
  controllers: [HqSessionsController, AuditLogController],
  providers: [SignInHqUser, LoginLimits, EnsureFirstHqUser, ResetHqPassword, AuditLogQueries],
  exports: [ResetHqPassword, EnsureFirstHqUser],
})
export class HqUsersModule {}
