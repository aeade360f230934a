import type { ClientConfig } from '@mall/shared/hq';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { OpenToAnyone } from '../../platform/auth/auth.guard.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';

class ClientConfigDto implements ClientConfig {
  @ApiProperty()
  demo: boolean;

  @ApiProperty({ nullable: true, type: String })
  emulatorUrl: string | null;

  @ApiProperty()
  appId: string;
}

/** What a client needs to know before it signs in: the H5 build finds out here which WeChat it talks to. */
@ApiTags('session')
@OpenToAnyone()
@Controller('api/client-config')
export class ClientConfigController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(WECHAT_CONFIG) private readonly wechat: WechatConfig,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where this mall runs' })
  @ApiOkResponse({ type: ClientConfigDto })
  read(): ClientConfig {
    const { demo, emulatorUrl } = this.environment;
    return { demo, emulatorUrl, appId: this.wechat.appId };
  }
}
