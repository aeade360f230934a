import type { Address, AddressInput } from '@mall/shared/membership';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, Length, Matches } from 'class-validator';

const Trimmed = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export class AddressInputDto implements AddressInput {
  @ApiProperty({ example: '王小雨', minLength: 1, maxLength: 20 })
  @Trimmed()
  @Length(1, 20, { message: '收货人姓名为 1 到 20 个字' })
  recipient: string;

  @ApiProperty({ example: '13800138001', description: 'Mainland mobile number' })
  @Trimmed()
  @Matches(/^1[3-9]\d{9}$/, { message: '请填写 11 位手机号' })
  phone: string;

  @ApiProperty({ example: '上海市' })
  @Trimmed()
  @Length(2, 20, { message: '请选择省份' })
  province: string;

  @ApiProperty({ example: '上海市' })
  @Trimmed()
  @Length(2, 20, { message: '请选择城市' })
  city: string;

  @ApiProperty({ example: '静安区' })
  @Trimmed()
  @Length(2, 20, { message: '请选择区县' })
  district: string;

  @ApiProperty({ example: '南京西路 1 号 801 室', minLength: 2, maxLength: 120 })
  @Trimmed()
  @Length(2, 120, { message: '详细地址为 2 到 120 个字' })
  detail: string;

  @ApiProperty()
  @IsBoolean()
  isDefault: boolean;
}

export class AddressDto implements Address {
  @ApiProperty({ example: 'adr_01J…' })
  id: string;

  @ApiProperty()
  recipient: string;

  @ApiProperty()
  phone: string;

  @ApiProperty()
  province: string;

  @ApiProperty()
  city: string;

  @ApiProperty()
  district: string;

  @ApiProperty()
  detail: string;

  @ApiProperty()
  isDefault: boolean;
}
