import { ConsentPurpose } from '@mall/shared/membership';
import {
  type ConsentRequest,
  ConsentState,
  type ConsentView,
  type MyConsents,
  type PolicyDocument,
  type PolicyPurpose,
} from '@mall/shared/privacy';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';

export class PolicyQuery {
  @ApiPropertyOptional({ example: '2026-11-28', description: 'Without one: the version in force' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  version?: string;
}

export class PolicyPurposeDto implements PolicyPurpose {
  @ApiProperty({ enum: Object.values(ConsentPurpose) })
  purpose: ConsentPurpose;

  @ApiProperty()
  title: string;

  @ApiProperty()
  text: string;

  @ApiProperty({ description: 'What ends when she withdraws' })
  withdrawal: string;

  @ApiProperty({ description: 'The version since which the wording stands' })
  since: string;
}

class PolicySectionDto {
  @ApiProperty()
  title: string;

  @ApiProperty({ type: [String] })
  paragraphs: string[];
}

export class PolicyDocumentDto implements PolicyDocument {
  @ApiProperty()
  version: string;

  @ApiProperty()
  current: string;

  @ApiProperty({ type: String, nullable: true })
  changes: string | null;

  @ApiProperty({ type: [PolicySectionDto] })
  sections: PolicySectionDto[];

  @ApiProperty({ type: [PolicyPurposeDto] })
  purposes: PolicyPurposeDto[];
}

class ConsentViewDto extends PolicyPurposeDto implements ConsentView {
  @ApiProperty({ enum: Object.values(ConsentState) })
  state: ConsentState;

  @ApiProperty({ type: String, nullable: true })
  policyVersion: string | null;

  @ApiProperty({ type: Number, nullable: true })
  at: number | null;

  @ApiProperty()
  mayWithdraw: boolean;
}

export class MyConsentsDto implements MyConsents {
  @ApiProperty()
  policyVersion: string;

  @ApiProperty({ type: [ConsentViewDto] })
  consents: ConsentViewDto[];

  @ApiProperty({ description: 'True: the wording of something that she agreed to has changed' })
  mustAskAgain: boolean;
}

export class ConsentRequestDto implements ConsentRequest {
  @ApiProperty({ enum: Object.values(ConsentPurpose) })
  @IsIn(Object.values(ConsentPurpose))
  purpose: ConsentPurpose;

  @ApiProperty({ enum: ['grant', 'withdraw'] })
  @IsIn(['grant', 'withdraw'])
  act: 'grant' | 'withdraw';

  @ApiProperty({ example: '2026-11-28' })
  @IsString()
  @Length(1, 20)
  policyVersion: string;
}
