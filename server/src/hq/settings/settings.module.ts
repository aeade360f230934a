import { Module } from '@nestjs/common';
import { PublishSettings } from './publish-settings.service.js';
import { SettingsController } from './settings.controller.js';
import { SettingsQueries } from './settings.queries.js';

@Module({ controllers: [SettingsController], providers: [PublishSettings, SettingsQueries] })
export class SettingsModule {}
