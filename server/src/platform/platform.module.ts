import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AuditLog } from './audit/audit-log.js';
import { AuthGuard } from './auth/auth.guard.js';
import { SessionStore } from './auth/session-store.js';
import { BusinessClock } from './clock/business-clock.js';
import { WallClock } from './clock/wall-clock.js';
import type { Environment } from './config/environment.js';
import { ENVIRONMENT } from './config/environment.token.js';
import { SealedText } from './crypto/sealed-text.js';
import { HealthController } from './health/health.controller.js';
import { Idempotency } from './http/idempotency.js';
import { ProblemFilter } from './http/problem.filter.js';
import { createValidationPipe } from './http/validation.pipe.js';
import { ForgetExpired } from './jobs/forget-expired.job.js';
import { JobRegistry } from './jobs/job.js';
import { Worker } from './jobs/worker.js';
import { EventHandlerRegistry } from './outbox/event-handler.js';
import { Outbox } from './outbox/outbox.js';
import { OutboxRelay } from './outbox/relay.js';
import { Settings } from './settings/settings.js';

const SERVICES = [
  AuditLog,
  BusinessClock,
  EventHandlerRegistry,
  Idempotency,
  JobRegistry,
  Outbox,
  OutboxRelay,
  SealedText,
  SessionStore,
  Settings,
  WallClock,
  Worker,
];

/** The ground that every wing stands on. */
@Global()
@Module({})
export class PlatformModule {
  static forEnvironment(environment: Environment): DynamicModule {
    return {
      module: PlatformModule,
      // Only the endpoints that carry @UseGuards(ThrottlerGuard) are limited: sign-in and the like.
      imports: [DiscoveryModule, ThrottlerModule.forRoot([{ ttl: 60_000, limit: 10 }])],
      controllers: [HealthController],
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        { provide: APP_GUARD, useClass: AuthGuard },
        ForgetExpired,
        ...SERVICES,
      ],
      exports: [ENVIRONMENT, ThrottlerModule, ...SERVICES],
    };
  }
}
