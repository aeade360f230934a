import { OrderState, type PickupOrder, type PickupRequest, type PickupStore } from '@mall/shared/orders';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class PickupRequestDto implements PickupRequest {
  @ApiProperty({ example: 'K7M2QX', description: "The customer's code; spaces and letter case do not matter" })
  @IsString()
  @Length(1, 20)
  code: string;
}

export class PickupStoreDto implements PickupStore {
  @ApiProperty({ example: 'str_01…' })
  id: string;

  @ApiProperty({ example: '静安店' })
  name: string;

  @ApiProperty()
  province: string;

  @ApiProperty()
  city: string;
}

class PickupLineDto {
  @ApiProperty()
  title: string;

  @ApiProperty()
  optionText: string;

  @ApiProperty({ type: 'integer' })
  quantity: number;

  @ApiProperty()
  isGift: boolean;
}

export class PickupOrderDto implements PickupOrder {
  @ApiProperty({ example: 'ord_01…' })
  orderId: string;

  @ApiProperty()
  number: string;

  @ApiProperty({ enum: Object.values(OrderState) })
  state: OrderState;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Epoch ms.' })
  readyAt: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Epoch ms.' })
  receivedAt: number | null;

  @ApiProperty({ type: [PickupLineDto] })
  lines: PickupLineDto[];
}
