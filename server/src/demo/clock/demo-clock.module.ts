import { Module } from '@nestjs/common';
import { AdvanceClock } from './advance-clock.service.js';
import { DemoClockController } from './demo-clock.controller.js';

@Module({ controllers: [DemoClockController], providers: [AdvanceClock] })
export class DemoClockModule {}
