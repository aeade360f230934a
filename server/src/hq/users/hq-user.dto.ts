import {
  type AuditEntry,
  type HqLoginRequest,
  HqRole,
  type HqSessionResponse,
  type HqUser,
  type HqUserInput,
} from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
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

class SignedInHqUserDto {
  @ApiProperty({ example: 'hqu_01J…' })
  id: string;

  @ApiProperty()
  username: string;

  @ApiProperty({ enum: Object.values(HqRole) })
  role: HqRole;

  @ApiProperty({ type: String, nullable: true, description: 'Of a store manager' })
  storeId: string | null;
}

export class HqUserDto extends SignedInHqUserDto implements HqUser {
  @ApiProperty()
  createdAt: number;

  @ApiProperty({ type: Number, nullable: true })
  disabledAt: number | null;
}

export class HqUserInputDto implements HqUserInput {
  @ApiProperty({ example: 'lin.xiaoyu' })
  @Matches(/^[a-z0-9][a-z0-9._-]{1,39}$/, { message: '用户名由 2 到 40 个小写字母、数字、点、横线或下划线组成' })
  username: string;

  @ApiProperty({ minLength: 10 })
  @IsString()
  @Length(10, 200, { message: '密码至少 10 个字符' })
  password: string;

  @ApiProperty({ enum: Object.values(HqRole) })
  @IsIn(Object.values(HqRole))
  role: HqRole;

  @ApiPropertyOptional({ description: 'Exactly for a store manager' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  storeId?: string;
}

export class DisableHqUserDto {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class HqSessionResponseDto implements HqSessionResponse {
  @ApiProperty({ description: 'Send as Authorization: Bearer' })
  token: string;

  @ApiProperty()
  expiresAt: number;

  @ApiProperty({ type: SignedInHqUserDto })
  user: SignedInHqUserDto;
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
