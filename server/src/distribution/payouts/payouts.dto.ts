import { PayeeType } from '@mall/shared/guides';
import type { Fen } from '@mall/shared/money';
import {
  type GuideBalance,
  type HqPayout,
  type PayeeName,
  type PayeeNameInput,
  type Payout,
  type PayoutInput,
  PayoutState,
  type PayoutTransfer,
  type TransferConfirmation,
  TransferPhase,
  TransferState,
} from '@mall/shared/payouts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

const LARGEST_FEN = 1_000_000_000;

export class PayoutInputDto implements PayoutInput {
  @ApiProperty({ type: Number, description: 'fen, gross: what her balance is debited', minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(LARGEST_FEN)
  amountFen: Fen;
}

export class RejectPayoutDto {
  @ApiProperty({ minLength: 2, maxLength: 100, description: 'Told to the guide, and for the audit log' })
  @IsString()
  @Length(2, 100)
  reason: string;
}

export class PayoutReasonDto {
  @ApiProperty({ minLength: 2, maxLength: 100, description: 'For the audit log' })
  @IsString()
  @Length(2, 100)
  reason: string;
}

export class ApprovePayoutDto {
  @ApiPropertyOptional({ minLength: 2, maxLength: 100, description: 'For the audit log' })
  @IsOptional()
  @IsString()
  @Length(2, 100)
  reason?: string;
}

export class HqPayoutsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(PayoutState) })
  @IsOptional()
  @IsIn(Object.values(PayoutState))
  state?: PayoutState;
}

export class PayoutTransferDto implements PayoutTransfer {
  @ApiProperty({ example: 'pyt_01J…' })
  id: string;

  @ApiProperty({ description: 'The merchant number at the provider, the same at every try' })
  outBillNo: string;

  @ApiProperty({ type: Number, description: 'fen, net' })
  amountFen: Fen;

  @ApiProperty({ enum: Object.values(TransferState) })
  state: TransferState;

  @ApiProperty({ enum: Object.values(TransferPhase), nullable: true, description: 'Where an open one stands' })
  phase: TransferPhase | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Since when it stands there' })
  phaseAt: number | null;

  @ApiProperty({ type: Number, nullable: true })
  submittedAt: number | null;

  @ApiProperty({ description: 'In Chinese' })
  stateText: string;

  @ApiProperty({ type: String, nullable: true })
  failReason: string | null;

  @ApiProperty({ type: Number, nullable: true })
  finishedAt: number | null;
}

export class PayoutDto implements Payout {
  @ApiProperty({ example: 'pyo_01J…' })
  id: string;

  @ApiProperty({ type: Number, description: 'fen, gross: what her balance was debited' })
  amountFen: Fen;

  @ApiProperty({ type: Number })
  taxFen: Fen;

  @ApiProperty({ type: Number })
  netFen: Fen;

  @ApiProperty({ enum: Object.values(PayoutState) })
  state: PayoutState;

  @ApiProperty()
  requestedAt: number;

  @ApiProperty({ type: Number, nullable: true })
  decidedAt: number | null;

  @ApiProperty({ type: String, nullable: true })
  decisionReason: string | null;

  @ApiProperty({ type: Number, nullable: true })
  doneAt: number | null;

  @ApiProperty({ type: [PayoutTransferDto] })
  transfers: PayoutTransferDto[];

  @ApiProperty({ type: String, nullable: true, description: 'In Chinese; null when it waits for nothing' })
  waitsFor: string | null;
}

export class HqPayoutDto extends PayoutDto implements HqPayout {
  @ApiProperty()
  guideId: string;

  @ApiProperty()
  guideName: string;

  @ApiProperty({ enum: Object.values(PayeeType) })
  payeeType: PayeeType;
}

class PayoutLimitsDto {
  @ApiProperty({ type: Number })
  transferMinFen: Fen;

  @ApiProperty({ type: Number })
  transferMaxFen: Fen;

  @ApiProperty({ type: Number })
  dayMaxFen: Fen;

  @ApiProperty({ type: Number, description: 'Of the business day, Asia/Shanghai' })
  leftTodayFen: Fen;
}

export class GuideBalanceDto implements GuideBalance {
  @ApiProperty({ type: Number })
  pendingFen: Fen;

  @ApiProperty({ type: Number })
  frozenFen: Fen;

  @ApiProperty({ type: Number, description: 'May be negative: then it holds payouts that are not yet submitted' })
  availableFen: Fen;

  @ApiProperty({ type: Number })
  payingFen: Fen;

  @ApiProperty({ type: Number, description: 'What has arrived: net' })
  paidFen: Fen;

  @ApiProperty({ type: Number, description: 'Tax of it' })
  withheldFen: Fen;

  @ApiProperty({ enum: Object.values(PayeeType) })
  payeeType: PayeeType;

  @ApiProperty({ type: PayoutLimitsDto })
  limits: PayoutLimitsDto;

  @ApiProperty({ type: Number, description: 'The most that a request may ask for now' })
  requestableFen: Fen;

  @ApiProperty({ type: String, nullable: true, description: 'In Chinese: why nothing can be asked for now' })
  refusal: string | null;
}

export class TransferConfirmationDto implements TransferConfirmation {
  @ApiProperty()
  mchId: string;

  @ApiProperty()
  appId: string;

  @ApiProperty()
  package: string;

  @ApiProperty()
  openId: string;
}

export class PayeeNameDto implements PayeeName {
  @ApiProperty({ type: String, nullable: true, example: '*静' })
  nameMasked: string | null;

  @ApiProperty()
  policyVersion: string;

  @ApiProperty({ type: Number, description: 'A single transfer of so much needs it' })
  requiredFromFen: Fen;

  @ApiProperty({ description: 'False while no transfer can be that large' })
  isNeeded: boolean;
}

export class PayeeNameInputDto implements PayeeNameInput {
  @ApiProperty({ minLength: 2, maxLength: 30, description: 'As in her WeChat account’s identity check' })
  @IsString()
  @Matches(/^[\p{Script=Han}A-Za-z·•. ]{2,30}$/u, { message: '请填写真实姓名，2 到 30 个字' })
  name: string;

  @ApiProperty({ maxLength: 20 })
  @IsString()
  @Length(1, 20)
  policyVersion: string;
}
