import {
  type ChannelCode,
  type ChannelCodeChange,
  type ChannelCodeInput,
  ChannelCodeKind,
  type ChannelGuide,
  type ChannelGuideInput,
  type CodeTarget,
  CodeTargetKind,
} from '@mall/shared/codes';
import { GuideStatus } from '@mall/shared/guides';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const notNull = (field: string) => (object: object) => (object as Record<string, unknown>)[field] !== null;

export class CodeTargetDto implements CodeTarget {
  @ApiProperty({ enum: Object.values(CodeTargetKind) })
  @IsIn(Object.values(CodeTargetKind))
  kind: CodeTargetKind;

  @ApiProperty({ type: String, nullable: true, description: 'Of the product or brand; null for the others' })
  @ValidateIf(notNull('id'))
  @IsString()
  @Length(1, 36)
  id: string | null;
}

export class ChannelGuideInputDto implements ChannelGuideInput {
  @ApiProperty({ example: 'gde_01J…' })
  @IsString()
  @Length(1, 36)
  guideId: string;

  @ApiProperty({ minimum: 1, maximum: 100, description: 'Her share of new visitors' })
  @IsInt()
  @Min(1)
  @Max(100)
  weight: number;
}

class ChannelCodeFields {
  @ApiProperty({ example: '静安店收银台', minLength: 1, maxLength: 60 })
  @IsString()
  @Length(1, 60)
  label: string;

  @ApiProperty({ type: CodeTargetDto })
  @IsDefined()
  @ValidateNested()
  @Type(() => CodeTargetDto)
  target: CodeTargetDto;

  @ApiProperty({ type: [ChannelGuideInputDto], maxItems: 50, description: 'Empty: the visit is HQ’s or the store’s' })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ChannelGuideInputDto)
  guides: ChannelGuideInputDto[];
}

export class ChannelCodeInputDto extends ChannelCodeFields implements ChannelCodeInput {
  @ApiProperty({ enum: Object.values(ChannelCodeKind) })
  @IsIn(Object.values(ChannelCodeKind))
  kind: ChannelCodeKind;

  @ApiProperty({ type: String, nullable: true, description: "Required for a store's code" })
  @ValidateIf(notNull('storeId'))
  @IsString()
  @Length(1, 36)
  storeId: string | null;
}

export class ChannelCodeChangeDto extends ChannelCodeFields implements ChannelCodeChange {
  @ApiProperty({ minimum: 1, description: 'As read' })
  @IsInt()
  @Min(1)
  revision: number;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class ChannelCodeReasonDto {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  reason: string;
}

class ChannelGuideDto implements ChannelGuide {
  @ApiProperty()
  guideId: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  storeName: string;

  @ApiProperty({ enum: Object.values(GuideStatus), description: 'Only an active one is given visitors' })
  status: GuideStatus;

  @ApiProperty()
  weight: number;

  @ApiProperty({ description: 'Visitors who meet her behind this code now' })
  assigned: number;
}

export class ChannelCodeDto implements ChannelCode {
  @ApiProperty({ example: 'chc_01J…' })
  id: string;

  @ApiProperty({ example: '7KQ2MXR' })
  code: string;

  @ApiProperty({ enum: Object.values(ChannelCodeKind) })
  kind: ChannelCodeKind;

  @ApiProperty()
  label: string;

  @ApiProperty({ type: String, nullable: true })
  storeId: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeName: string | null;

  @ApiProperty({ type: CodeTargetDto })
  target: CodeTarget;

  @ApiProperty({ type: String, nullable: true })
  targetName: string | null;

  @ApiProperty({ type: [ChannelGuideDto] })
  guides: ChannelGuide[];

  @ApiProperty()
  revision: number;

  @ApiProperty()
  createdAt: number;

  @ApiProperty({ type: Number, nullable: true })
  revokedAt: number | null;
}

export class CodeImageQueryDto {
  @ApiPropertyOptional({ minimum: 280, maximum: 1280, default: 430, description: 'Pixels: 1280 for print' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(280)
  @Max(1280)
  width?: number;
}
