import { type MemberCase, type MemberCaseSide, MemberCaseState } from '@mall/shared/bindings';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Length } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

export class MemberCaseSideDto implements MemberCaseSide {
  @ApiProperty({ example: 'mem_01J…' })
  memberId: string;

  @ApiProperty({ example: '王**' })
  nicknameMasked: string;

  @ApiProperty({ type: String, nullable: true, example: '8001' })
  phoneTail: string | null;

  @ApiProperty({ type: Number, nullable: true })
  joinedAt: number | null;

  @ApiProperty()
  hasUnionid: boolean;
}

export class MemberCaseDto implements MemberCase {
  @ApiProperty({ example: 'mcs_01J…' })
  id: string;

  @ApiProperty({ enum: Object.values(MemberCaseState) })
  state: MemberCaseState;

  @ApiProperty({ type: MemberCaseSideDto, description: 'Who verified the number, or whom WeChat named' })
  member: MemberCaseSideDto;

  @ApiProperty({ type: MemberCaseSideDto, description: 'Who holds it' })
  holder: MemberCaseSideDto;

  @ApiProperty()
  openedAt: number;

  @ApiProperty({ type: Number, nullable: true })
  decidedAt: number | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}

export class MemberCasesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(MemberCaseState) })
  @IsOptional()
  @IsIn(Object.values(MemberCaseState))
  state?: MemberCaseState;
}

export class CaseReasonDto {
  @ApiProperty({ minLength: 2, maxLength: 200, description: 'For the audit log' })
  @Length(2, 200)
  reason: string;
}
