import { type DynamicModule, Module } from '@nestjs/common';
import { WecomClient } from './wecom-client.js';
import { WECOM_CONFIG, type WecomConfig } from './wecom-config.js';

/** WeCom's client, off when the configuration is null. Needs WallClock, which the (global) platform module provides. */
@Module({})
export class WecomModule {
  static forConfig(config: WecomConfig | null): DynamicModule {
    return {
      module: WecomModule,
      global: true,
      providers: [{ provide: WECOM_CONFIG, useValue: config }, WecomClient],
      exports: [WECOM_CONFIG, WecomClient],
    };
  }
}
