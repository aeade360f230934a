import type { GuideSummary } from '@mall/shared/guides';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { ChangeGuideTerms, type GuideTerm } from './change-guide-terms.service.js';
import { GuideStoreDto, GuideSummaryDto, GuideTierDto, PayeeTypeDto, toSummary } from './guide.dto.js';

@ApiTags('hq: stores and guides')
@ApiBearerAuth()
@Controller('api/hq/guides/:id')
export class HqGuideTermsController {
  constructor(private readonly changeTerms: ChangeGuideTerms) {}

  @Post('tier')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Changes her tier; orders placed from now on are rated by it (R4.2)' })
  @ApiOkResponse({ type: GuideSummaryDto })
  @ApiNotFoundResponse()
  tier(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: GuideTierDto): Promise<GuideSummary> {
    return this.change(user, id, { term: 'tier', value: body.tier }, body.reason);
  }

  @Post('payee-type')
  @HttpCode(200)
  @HqOnly('finance')
  @ApiOperation({
    summary: 'Changes how payouts that she asks for from now on are paid: by payroll or by transfer (R5.5)',
  })
  @ApiOkResponse({ type: GuideSummaryDto })
  @ApiNotFoundResponse()
  payeeType(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() body: PayeeTypeDto,
  ): Promise<GuideSummary> {
    return this.change(user, id, { term: 'payeeType', value: body.payeeType }, body.reason);
  }

  @Post('transfer-store')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Moves her to another store; her customers keep their home store' })
  @ApiOkResponse({ type: GuideSummaryDto })
  @ApiNotFoundResponse()
  store(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: GuideStoreDto): Promise<GuideSummary> {
    return this.change(user, id, { term: 'storeId', value: body.storeId }, body.reason);
  }

  private async change(user: HqActor, guideId: string, term: GuideTerm, reason: string): Promise<GuideSummary> {
    const actor = { id: user.userId, name: user.username };
    return toSummary(await this.changeTerms.execute(actor, guideId, term, reason));
  }
}
