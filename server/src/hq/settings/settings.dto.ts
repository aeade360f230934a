import {
  SettingGroup,
  type SettingsInput,
  type SettingsView,
  type SettingValueMap,
  type SettingVersion,
} from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsObject, IsOptional, Length, Max, Min } from 'class-validator';

/** The year 9999: a date that can be written down. */
const LATEST = 253_370_764_800_000;
/** Numbers, and choices by name. */
const VALUES = {
  type: 'object' as const,
  additionalProperties: true,
  example: { touchWindowDays: 7, selfPurchase: 'pays_nobody' },
};

export class SettingsInputDto implements SettingsInput {
  @ApiProperty({ ...VALUES, description: 'What is not named stays as the versions before say' })
  @IsObject()
  values: SettingValueMap;

  @ApiPropertyOptional({ description: 'Epoch ms, never in the past nor over 366 days ahead; absent: now' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LATEST)
  effectiveFrom?: number;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @Length(1, 200)
  reason: string;
}

class SettingVersionDto implements SettingVersion {
  @ApiProperty({ example: 'set_01J…' })
  id: string;

  @ApiProperty(VALUES)
  values: SettingValueMap;

  @ApiProperty()
  effectiveFrom: number;

  @ApiProperty()
  createdBy: string;

  @ApiProperty()
  createdAt: number;

  @ApiProperty()
  reason: string;
}

export class SettingsViewDto implements SettingsView {
  @ApiProperty({ enum: Object.values(SettingGroup) })
  name: SettingGroup;

  @ApiProperty({ example: 'default', description: 'The version in force' })
  versionId: string;

  @ApiProperty(VALUES)
  values: SettingValueMap;

  @ApiProperty(VALUES)
  defaults: SettingValueMap;

  @ApiProperty({ type: [SettingVersionDto], description: 'Newest effective time first, those of the future included' })
  versions: SettingVersionDto[];
}
