import type { GuideCustomer } from '@mall/shared/guides';
import {
  type ConsentPurpose,
  type GuideChip,
  JOIN_PURPOSES,
  type JoinOffer,
  type JoinRequest,
  type Me,
  type SessionResponse,
  type WechatLoginRequest,
} from '@mall/shared/membership';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { IsNickname } from '../../membership/texts/texts.public.js';
import { PageQuery } from '../../platform/http/page.js';
import { GuideChipDto } from '../share-links/share-links.public.js';

export class WechatLoginRequestDto implements WechatLoginRequest {
  @ApiProperty({ description: 'From wx.login(); valid five minutes, once' })
  @IsString()
  @Length(1, 128)
  code: string;
}

class MyGuideAccountDto {
  @ApiProperty({ example: 'gde_01J…' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  storeId: string;

  @ApiProperty()
  storeName: string;
}

export class MeDto implements Me {
  @ApiProperty({ example: 'mem_01J…' })
  id: string;

  @ApiProperty({ type: String, nullable: true })
  nickname: string | null;

  @ApiProperty({ type: String, nullable: true, example: '138****8001' })
  phoneMasked: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'null: a visitor, who may browse and buy' })
  joinedAt: number | null;

  @ApiProperty({ type: GuideChipDto, nullable: true })
  myGuide: GuideChip | null;

  @ApiProperty({ type: MyGuideAccountDto, nullable: true, description: 'Set for an active guide' })
  guide: MyGuideAccountDto | null;
}

export class SessionResponseDto implements SessionResponse {
  @ApiProperty({ description: 'Send as Authorization: Bearer' })
  token: string;

  @ApiProperty()
  expiresAt: number;

  @ApiProperty({ type: MeDto })
  me: MeDto;
}

export class JoinOfferDto implements JoinOffer {
  @ApiProperty({ example: '2026-11-01' })
  policyVersion: string;

  @ApiProperty({ type: String, nullable: true, description: 'Names the touch that a new binding would rest on' })
  offerTouchId: string | null;

  @ApiProperty({ type: GuideChipDto, nullable: true })
  guide: GuideChip | null;

  @ApiProperty({ type: String, nullable: true, description: "Her home store by the store's own code, without a guide" })
  storeName: string | null;
}

export class JoinRequestDto implements JoinRequest {
  @ApiProperty({ description: 'From the getPhoneNumber button; valid five minutes, once' })
  @IsString()
  @Length(1, 128)
  phoneCode: string;

  @ApiProperty({ example: '2026-11-01' })
  @IsString()
  @Length(1, 20)
  policyVersion: string;

  @ApiProperty({ enum: JOIN_PURPOSES, isArray: true })
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(JOIN_PURPOSES, { each: true })
  purposes: ConsentPurpose[];

  @ApiProperty({ type: String, nullable: true, description: 'As in the offer that was shown' })
  @ValidateIf((request: JoinRequestDto) => request.offerTouchId !== null)
  @Matches(/^tch_[0-9A-Z]{26}$/)
  offerTouchId: string | null;

  @ApiPropertyOptional({ minLength: 1, maxLength: 20, description: 'Shown once it is passed (§9)' })
  @IsOptional()
  @IsString()
  @IsNickname()
  nickname?: string;
}

export class GuideCustomerDto implements GuideCustomer {
  @ApiProperty()
  memberId: string;

  @ApiProperty({ example: '小**' })
  nicknameMasked: string;

  @ApiProperty({ type: String, nullable: true, example: '8001' })
  phoneTail: string | null;

  @ApiProperty()
  boundAt: number;

  @ApiProperty({ description: 'By the clock; an open paid order may hold it longer' })
  protectedUntil: number;

  @ApiProperty()
  validUntil: number;

  @ApiProperty()
  orders: number;

  @ApiProperty({ type: Number, nullable: true })
  lastOrderAt: number | null;

  @ApiProperty({ description: 'False: she asked to be left alone, or for HQ only (R2.5)' })
  mayContact: boolean;
}

export class GuideCustomersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['1'], description: '1: only those whom I may contact (R2.5)' })
  @IsOptional()
  @IsIn(['1'])
  contactable?: '1';
}
