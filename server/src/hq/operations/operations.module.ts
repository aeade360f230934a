import { Module } from '@nestjs/common';
import { OperationsController } from './operations.controller.js';
import { RetryEvent } from './retry-event.service.js';
import { StuckEvents } from './stuck-events.queries.js';

@Module({ controllers: [OperationsController], providers: [StuckEvents, RetryEvent] })
export class OperationsModule {}
