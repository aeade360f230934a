import {
  type HqText,
  type HqTextCounts,
  type MyNickname,
  type NicknameRequest,
  TextCause,
  type TextDecisionRequest,
  TextKind,
  TextState,
} from '@mall/shared/texts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

/**
 * 1 to 20 characters without blanks around them; none that steer a terminal or turn the writing round, and one at least
 * that is seen: the Hangul fillers are letters that show nothing.
 */
const NICKNAME =
  /^(?!\s)(?=.*(?![\u115f\u1160\u3164\uffa0\u2800])[\p{L}\p{N}\p{P}\p{S}])[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,20}(?<!\s)$/u;

/** Also where a nickname comes with something else. */
export const IsNickname = () => Matches(NICKNAME, { message: '昵称为 1 到 20 个字，前后不留空格' });

export class NicknameRequestDto implements NicknameRequest {
  @ApiProperty({ minLength: 1, maxLength: 20, example: '小雨' })
  @IsString()
  @IsNickname()
  nickname: string;
}

class WaitingTextDto {
  @ApiProperty()
  text: string;

  @ApiProperty()
  since: number;
}

class RefusedTextDto {
  @ApiProperty()
  text: string;

  @ApiProperty()
  at: number;

  @ApiProperty({ example: '像是广告或联系方式，换一个就好' })
  reason: string;
}

export class MyNicknameDto implements MyNickname {
  @ApiProperty({ type: String, nullable: true })
  shown: string | null;

  @ApiProperty({ type: WaitingTextDto, nullable: true })
  waiting: { text: string; since: number } | null;

  @ApiProperty({ type: RefusedTextDto, nullable: true })
  refused: { text: string; at: number; reason: string } | null;
}

export class HqTextDto implements HqText {
  @ApiProperty({ example: 'txt_01J…' })
  id: string;

  @ApiProperty({ enum: Object.values(TextKind) })
  kind: TextKind;

  @ApiProperty({ example: 'mem_01J…' })
  memberId: string;

  @ApiProperty({ type: String, nullable: true, description: 'null once it is shown or withdrawn' })
  text: string | null;

  @ApiProperty({ enum: Object.values(TextState) })
  state: TextState;

  @ApiProperty({ enum: ['check', 'hq'], nullable: true })
  waitingFor: 'check' | 'hq' | null;

  @ApiProperty({ enum: Object.values(TextCause), nullable: true, description: 'Why HQ has to decide' })
  cause: TextCause | null;

  @ApiProperty({ type: Number, nullable: true, description: "WeChat's label" })
  label: number | null;

  @ApiProperty()
  tries: number;

  @ApiProperty()
  writtenAt: number;

  @ApiProperty({ type: Number, nullable: true })
  waitingMs: number | null;

  @ApiProperty({ type: Number, nullable: true })
  decidedAt: number | null;

  @ApiProperty({ type: String, nullable: true, description: '`wechat`, or the id of a user of HQ' })
  decidedBy: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}

export class HqTextCountsDto implements HqTextCounts {
  @ApiProperty()
  waitingForCheck: number;

  @ApiProperty()
  waitingForHq: number;

  @ApiProperty({ type: Number, nullable: true })
  oldestWaitingAt: number | null;

  @ApiProperty()
  shown: number;

  @ApiProperty()
  refused: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'Of those that wait for HQ' })
  causes: Partial<Record<TextCause, number>>;
}

export class HqTextsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(TextState), default: TextState.Waiting })
  @IsOptional()
  @IsIn(Object.values(TextState))
  state: TextState = TextState.Waiting;
}

export class TextDecisionDto implements TextDecisionRequest {
  @ApiProperty({ minLength: 2, maxLength: 200, description: 'For the audit log; of a refusal, she reads it' })
  @IsString()
  @Length(2, 200)
  reason: string;
}
