import {
  type AttributionCandidateView,
  type Dispute,
  type DisputeDecision,
  type DisputeInput,
  DisputeState,
  type GuideAttribution,
  type GuideOrder,
  type HqDispute,
} from '@mall/shared/disputes';
import type { Fen } from '@mall/shared/money';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

const STATES = Object.values(DisputeState);
const BRANCHES = ['a', 'b', 'c', 'd', 'e', 'f'];

export class DisputeInputDto implements DisputeInput {
  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  note?: string;
}

export class DisputeDecisionDto implements DisputeDecision {
  @ApiProperty({ enum: ['granted', 'refused'] })
  @IsIn(['granted', 'refused'])
  outcome: 'granted' | 'refused';

  @ApiProperty({ minLength: 2, maxLength: 200 })
  @IsString()
  @Length(2, 200)
  reason: string;
}

export class DisputesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES)
  state?: string;
}

export class DisputeDto implements Dispute {
  @ApiProperty({ example: 'dsp_01J…' })
  id: string;

  @ApiProperty()
  orderId: string;

  @ApiProperty()
  orderNumber: string;

  @ApiProperty({ enum: STATES })
  state: DisputeState;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty()
  openedAt: number;

  @ApiProperty({ type: Number, nullable: true })
  decidedAt: number | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'fen that the decision gave her' })
  movedFen: Fen | null;
}

export class HqDisputeDto extends DisputeDto implements HqDispute {
  @ApiProperty()
  guideId: string;

  @ApiProperty()
  guideName: string;

  @ApiPropertyOptional({ type: Object, description: 'Attribution with its evidence, and commissions, at the appeal' })
  evidence?: unknown;
}

export class GuideOrderDto implements GuideOrder {
  @ApiProperty()
  orderId: string;

  @ApiProperty()
  orderNumber: string;

  @ApiProperty({ enum: ['won', 'lost'] })
  outcome: 'won' | 'lost';

  @ApiProperty()
  isAssist: boolean;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty()
  decidedAt: number;

  @ApiProperty({ type: Number, nullable: true, description: 'fen; null until the order is paid for' })
  commissionFen: Fen | null;

  @ApiProperty({ enum: STATES, nullable: true })
  disputeState: DisputeState | null;
}

class CandidateDto implements AttributionCandidateView {
  @ApiProperty({ enum: ['binding', 'touch', 'coupon'] })
  kind: 'binding' | 'touch' | 'coupon';

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;

  @ApiProperty()
  isMine: boolean;

  @ApiProperty({ enum: ['won', 'lost'] })
  outcome: 'won' | 'lost';

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty()
  sentence: string;

  @ApiProperty({ type: Number, nullable: true })
  at: number | null;
}

class AppealDto {
  @ApiProperty()
  allowed: boolean;

  @ApiProperty({ type: String, nullable: true })
  refusal: string | null;
}

export class GuideAttributionDto implements GuideAttribution {
  @ApiProperty()
  orderId: string;

  @ApiProperty()
  orderNumber: string;

  @ApiProperty({ enum: BRANCHES })
  branch: GuideAttribution['branch'];

  @ApiProperty()
  isMine: boolean;

  @ApiProperty()
  sentence: string;

  @ApiProperty({ type: [CandidateDto] })
  candidates: AttributionCandidateView[];

  @ApiProperty()
  decidedAt: number;

  @ApiProperty({ type: DisputeDto, nullable: true })
  dispute: Dispute | null;

  @ApiProperty({ type: AppealDto })
  appeal: GuideAttribution['appeal'];
}
