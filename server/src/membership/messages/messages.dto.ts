import {
  MessageKind,
  MessageState,
  type MessageTally,
  MOST_TEMPLATES_AT_ONCE,
  type SubscribeMessageView,
  SubscriptionMoment,
  type SubscriptionOffer,
  SubscriptionOutcome,
  type SubscriptionReport,
} from '@mall/shared/subscriptions';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

export class MomentQuery {
  @ApiProperty({ enum: Object.values(SubscriptionMoment) })
  @IsIn(Object.values(SubscriptionMoment))
  moment: SubscriptionMoment;
}

export class SubscriptionOfferDto implements SubscriptionOffer {
  @ApiProperty({ type: [String], maxItems: MOST_TEMPLATES_AT_ONCE })
  templateIds: string[];
}

class OutcomeDto {
  @ApiProperty()
  @IsString()
  @Length(1, 64)
  templateId: string;

  @ApiProperty({ enum: Object.values(SubscriptionOutcome) })
  @IsIn(Object.values(SubscriptionOutcome))
  outcome: SubscriptionOutcome;
}

export class SubscriptionReportDto extends MomentQuery implements SubscriptionReport {
  @ApiProperty({ description: 'The same answer told twice counts once', minLength: 8, maxLength: 64 })
  @Matches(/^[A-Za-z0-9_-]{8,64}$/)
  requestId: string;

  @ApiProperty({ type: [OutcomeDto], maxItems: MOST_TEMPLATES_AT_ONCE })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_TEMPLATES_AT_ONCE)
  @ValidateNested({ each: true })
  @Type(() => OutcomeDto)
  outcomes: OutcomeDto[];
}

export class MessagesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(MessageState) })
  @IsOptional()
  @IsIn(Object.values(MessageState))
  state?: MessageState;

  @ApiPropertyOptional({ enum: Object.values(MessageKind) })
  @IsOptional()
  @IsIn(Object.values(MessageKind))
  kind?: MessageKind;
}

export class SubscribeMessageDto implements SubscribeMessageView {
  @ApiProperty()
  id: string;

  @ApiProperty({ enum: Object.values(MessageKind) })
  kind: MessageKind;

  @ApiProperty()
  memberId: string;

  @ApiProperty({ description: 'The order, coupon, transfer or day that it tells of' })
  subjectId: string;

  @ApiProperty({ enum: Object.values(MessageState) })
  state: MessageState;

  @ApiProperty({ type: String, nullable: true })
  reasonCode: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty()
  tries: number;

  @ApiProperty()
  createdAt: number;

  @ApiProperty({ type: Number, nullable: true })
  finishedAt: number | null;
}

export class MessageTallyDto implements MessageTally {
  @ApiProperty({ enum: Object.values(MessageKind) })
  kind: MessageKind;

  @ApiProperty()
  configured: boolean;

  @ApiProperty({ description: 'Accepts that were not used yet' })
  grants: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  states: Record<MessageState, number>;
}
