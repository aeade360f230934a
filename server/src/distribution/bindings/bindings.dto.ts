import type {
  BindingStep,
  HandOver,
  HandOverRequest,
  MemberBindings,
  MemberTransferRequest,
} from '@mall/shared/bindings';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';

const GUIDE_ID = /^gde_[0-9A-Z]{26}$/;

export class HandOverRequestDto implements HandOverRequest {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 20, description: 'Guides who serve; members are split evenly' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @Matches(GUIDE_ID, { each: true })
  toGuideIds: string[];

  @ApiProperty({ minLength: 2, maxLength: 200, description: 'For the audit log' })
  @Length(2, 200)
  reason: string;
}

export class HandOverDto implements HandOver {
  @ApiProperty({ example: 'hov_01J…' })
  handOverId: string;

  @ApiProperty()
  fromGuideId: string;

  @ApiProperty({ type: [String] })
  toGuideIds: string[];

  @ApiProperty()
  reason: string;

  @ApiProperty({ description: 'Members moved so far' })
  moved: number;

  @ApiProperty({ description: 'False: a job goes on with what is left; calling again does so at once' })
  finished: boolean;

  @ApiProperty()
  startedAt: number;

  @ApiProperty({ type: Number, nullable: true })
  finishedAt: number | null;
}

export class MemberTransferRequestDto implements MemberTransferRequest {
  @ApiProperty({ type: String, nullable: true, description: 'null: nobody; her store stays her home store' })
  @ValidateIf((request: MemberTransferRequestDto) => request.guideId !== null)
  @Matches(GUIDE_ID)
  guideId: string | null;

  @ApiProperty({ minLength: 2, maxLength: 200, description: 'For the audit log' })
  @Length(2, 200)
  reason: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'The newest binding that HQ looked at' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  seenBindingId?: string | null;
}

class NamedGuideDto {
  @ApiProperty({ example: 'gde_01J…' })
  id: string;

  @ApiProperty()
  name: string;
}

export class BindingStepDto implements BindingStep {
  @ApiProperty({ example: 'bnd_01J…' })
  id: string;

  @ApiProperty({ description: 'Of which entry it was, when two entries of one person were merged' })
  memberId: string;

  @ApiProperty()
  at: number;

  @ApiProperty({ type: NamedGuideDto, nullable: true })
  from: NamedGuideDto | null;

  @ApiProperty({ type: NamedGuideDto, nullable: true })
  to: NamedGuideDto | null;

  @ApiProperty({ type: String, nullable: true })
  storeName: string | null;

  @ApiProperty({ example: 'hand_over' })
  cause: string;

  @ApiProperty({ type: String, nullable: true })
  causeId: string | null;

  @ApiProperty({ example: '总部 admin' })
  actor: string;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty()
  protectedUntil: number;

  @ApiProperty()
  validUntil: number;

  @ApiProperty({ example: '2026-11-22 09:30 由陈静变更为阿华（总部批量移交，操作人：总部 admin，原因：离职）' })
  sentence: string;
}

export class MemberBindingsDto implements MemberBindings {
  @ApiProperty()
  memberId: string;

  @ApiProperty({ example: '王**' })
  nicknameMasked: string;

  @ApiProperty({ type: String, nullable: true, example: '8001' })
  phoneTail: string | null;

  @ApiProperty({ type: [BindingStepDto] })
  steps: BindingStep[];
}
