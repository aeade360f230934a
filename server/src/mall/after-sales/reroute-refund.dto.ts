import type { RefundRerouteRequest } from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import type { RefundReroute } from '../../wechat/wechat.public.js';

const isCard = ({ to }: RefundRerouteDto): boolean => to === 'customer_card';

export class RefundRerouteDto implements RefundRerouteRequest {
  @ApiProperty({ enum: ['customer_card', 'merchant_account'] })
  @IsIn(['customer_card', 'merchant_account'])
  to: 'customer_card' | 'merchant_account';

  @ApiPropertyOptional({ example: 'ICBC_DEBIT', description: "WeChat's name of the bank; for a card" })
  @ValidateIf(isCard)
  @IsString()
  @Length(1, 32)
  bankType?: string;

  @ApiPropertyOptional({ description: 'For a card; sealed before it leaves, stored nowhere' })
  @ValidateIf(isCard)
  @Matches(/^\d{8,30}$/)
  bankAccount?: string;

  @ApiPropertyOptional({ description: 'For a card; sealed before it leaves, stored nowhere' })
  @ValidateIf(isCard)
  @IsString()
  @Length(1, 50)
  realName?: string;
}

export function toReroute({ to, bankType = '', bankAccount = '', realName = '' }: RefundRerouteDto): RefundReroute {
  return to === 'merchant_account'
    ? { type: 'MERCHANT_BANK_CARD' }
    : { type: 'USER_BANK_CARD', bankType, bankAccount, realName };
}
