import type { ShipRequest } from '@mall/shared/orders';
import {
  type CarrierView,
  ShippingUploadState,
  type ShippingUploadView,
  type WechatAlert,
  WechatAlertKind,
  type WechatReceipt,
  type WechatReceiptChecked,
} from '@mall/shared/shipping';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';
import { CARRIER_CODES } from './domain/carriers.js';

export class ShipRequestDto implements ShipRequest {
  @ApiProperty({
    example: 'SF',
    enum: CARRIER_CODES,
    description: "WeChat's code of the carrier: GET /api/hq/carriers",
  })
  @IsIn(CARRIER_CODES)
  carrier: string;

  @ApiProperty({ example: 'SF1234567890' })
  @IsString()
  @Length(4, 128)
  trackingNumber: string;
}

export class CarrierDto implements CarrierView {
  @ApiProperty({ example: 'SF' })
  code: string;

  @ApiProperty({ example: '顺丰速运' })
  name: string;
}

export class UploadsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(ShippingUploadState) })
  @IsOptional()
  @IsIn(Object.values(ShippingUploadState))
  state?: ShippingUploadState;
}

export class ShippingUploadDto implements ShippingUploadView {
  @ApiProperty({ example: 'shu_01…' })
  id: string;

  @ApiProperty({ example: 'ord_01…' })
  orderId: string;

  @ApiProperty()
  orderNumber: string;

  @ApiProperty({ enum: Object.values(ShippingUploadState) })
  state: ShippingUploadState;

  @ApiProperty({ type: String, nullable: true })
  carrier: string | null;

  @ApiProperty({ type: String, nullable: true })
  trackingNumber: string | null;

  @ApiProperty({ type: 'integer', description: 'How often the parcel was named; WeChat takes two' })
  revision: number;

  @ApiProperty({ type: 'integer' })
  tries: number;

  @ApiProperty({ type: String, nullable: true })
  refusalCode: string | null;

  @ApiProperty({ type: String, nullable: true, example: '付款人与微信支付单不一致，请联系技术人员核对' })
  reason: string | null;

  @ApiProperty({ type: 'integer' })
  createdAt: number;

  @ApiProperty({ type: 'integer', nullable: true })
  uploadedAt: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  receiptOccurredAt: number | null;
}

export class WechatAlertDto implements WechatAlert {
  @ApiProperty({ example: 'wal_01…' })
  id: string;

  @ApiProperty({ enum: Object.values(WechatAlertKind) })
  kind: WechatAlertKind;

  @ApiProperty({ type: String, nullable: true })
  orderId: string | null;

  @ApiProperty()
  detail: string;

  @ApiProperty({ type: 'integer' })
  occurredAt: number;
}

class ReceiptComponentDto {
  @ApiProperty()
  merchantId: string;

  @ApiProperty()
  merchantTradeNo: string;

  @ApiProperty({ type: String, nullable: true })
  transactionId: string | null;
}

export class WechatReceiptDto implements WechatReceipt {
  @ApiProperty({ type: ReceiptComponentDto, nullable: true })
  component: ReceiptComponentDto | null;
}

export class WechatReceiptCheckedDto implements WechatReceiptChecked {
  @ApiProperty()
  received: boolean;
}
