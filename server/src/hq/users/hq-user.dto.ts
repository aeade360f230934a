import { type AuditEntry, type HqLoginRequest, HqRole, type HqSessionResponse } from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

export class HqLoginRequestDto implements HqLoginRequest {
  @ApiProperty({ example: 'admin' })
  @IsString()
  @Length(1, 40)
  username: string;

  @ApiProperty()
  @IsString()
  @Length(1, 200)
  password: string;
}

class HqUserDto {
  @ApiProperty({ example: 'hqu_01J…' })
  id: string;

  @ApiProperty()
  username: string;

  @ApiProperty({ enum: Object.values(HqRole) })
  role: HqRole;
}

export class HqSessionResponseDto implements HqSessionResponse {
  @ApiProperty({ description: 'Send as Authorization: Bearer' })
  token: string;

  @ApiProperty()
  expiresAt: number;

  @ApiProperty({ type: HqUserDto })
  user: HqUserDto;
}

export class AuditLogQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'e.g. an id' })
  @IsOptional()
  @IsString()
  @Length(1, 80)
  subject?: string;
}

export class AuditEntryDto implements AuditEntry {
  @ApiProperty({ example: 'aud_01J…' })
  id: string;

  @ApiProperty()
  at: number;

  @ApiProperty()
  actor: string;

  @ApiProperty({ example: 'guide.status' })
  action: string;

  @ApiProperty()
  subject: string;

  @ApiProperty({ type: Object, nullable: true })
  old: unknown;

  @ApiProperty({ type: Object, nullable: true })
  new: unknown;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}
