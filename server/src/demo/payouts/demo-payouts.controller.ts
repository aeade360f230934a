import type { Payout } from '@mall/shared/payouts';
import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentGuide, type Guide, GuidesOnly } from '../../distribution/guides/guides.public.js';
import { PayoutDto } from '../../distribution/payouts/payouts.public.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { notFound } from '../../platform/http/problem.js';
import { ConfirmTransfer } from './confirm-transfer.service.js';

/** The demo's stand-in for the confirmation that WeChat asks of a payee. */
@ApiTags('demo')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/demo/payout-transfers')
export class DemoPayoutsController {
  constructor(
    private readonly confirmTransfer: ConfirmTransfer,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Post(':id/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'I take this transfer: it arrives. 404 outside a demo' })
  @ApiOkResponse({ type: PayoutDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'payout-state-conflict' })
  confirm(@CurrentGuide() guide: Guide, @Param('id') id: string): Promise<Payout> {
    if (!this.environment.demo) throw notFound();
    return this.confirmTransfer.execute(guide.id, id);
  }
}
