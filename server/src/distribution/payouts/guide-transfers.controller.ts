import type { PayeeName, Payout, TransferConfirmation } from '@mall/shared/payouts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { ConfirmationQueries } from './confirmation.queries.js';
import { PayeeNames } from './payee-names.js';
import { PayoutQueries } from './payout.queries.js';
import { PayeeNameDto, PayeeNameInputDto, PayoutDto, TransferConfirmationDto } from './payouts.dto.js';

/** The guide's side of a transfer: her confirmation in WeChat, and the name that large ones need. */
@ApiTags('guide')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/guide')
export class GuideTransfersController {
  constructor(
    private readonly confirmations: ConfirmationQueries,
    private readonly payouts: PayoutQueries,
    private readonly names: PayeeNames,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get('payout-transfers/:id/confirmation')
  @ApiOperation({ summary: 'What wx.requestMerchantTransfer wants for this transfer' })
  @ApiOkResponse({ type: TransferConfirmationDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'payout-state-conflict: it waits for no confirmation' })
  confirmation(@CurrentGuide() guide: Guide, @Param('id') id: string): Promise<TransferConfirmation> {
    return this.confirmations.of(guide.id, id);
  }

  @Post('payout-transfers/:id/check')
  @HttpCode(200)
  @ApiOperation({ summary: 'I come back from WeChat: asks it how the transfer stands. The phone proves nothing' })
  @ApiOkResponse({ type: PayoutDto })
  @ApiNotFoundResponse()
  async check(@CurrentGuide() guide: Guide, @Param('id') id: string): Promise<Payout> {
    const payout = await this.payouts.find(guide.id, await this.confirmations.check(guide.id, id));
    if (payout === null) throw notFound();
    return payout;
  }

  @Get('payee-name')
  @ApiOperation({ summary: 'My real name as it is kept, masked, and whether it is needed' })
  @ApiOkResponse({ type: PayeeNameDto })
  name(@CurrentGuide() guide: Guide): Promise<PayeeName> {
    return this.names.of(this.database, guide.id);
  }

  @Put('payee-name')
  @ApiOperation({ summary: 'Gives or changes my real name, with consent to its purpose (transfers that need it)' })
  @ApiOkResponse({ type: PayeeNameDto })
  @ApiUnprocessableEntityResponse({ description: 'consent-missing, with the policy version in force' })
  async keepName(@CurrentGuide() guide: Guide, @Body() input: PayeeNameInputDto): Promise<PayeeName> {
    await this.unitOfWork.run((tx) => this.names.keep(tx, guide, input));
    return this.names.of(this.database, guide.id);
  }

  @Delete('payee-name')
  @ApiOperation({ summary: 'Withdraws that consent: the name goes' })
  @ApiOkResponse({ type: PayeeNameDto })
  async withdrawName(@CurrentGuide() guide: Guide): Promise<PayeeName> {
    await this.unitOfWork.run((tx) => this.names.withdraw(tx, guide));
    return this.names.of(this.database, guide.id);
  }
}
