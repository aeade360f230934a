import { type Store, type StoreInput, StoreType } from '@mall/shared/guides';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Length, Matches } from 'class-validator';

export class StoreInputDto implements StoreInput {
  @ApiProperty({ example: 'SH-JA' })
  @Matches(/^[A-Z0-9][A-Z0-9-]{1,19}$/, { message: '门店编号由 2 到 20 个大写字母、数字或连字符组成' })
  code: string;

  @ApiProperty({ example: '上海静安店' })
  @Length(1, 40)
  name: string;

  @ApiProperty({ enum: Object.values(StoreType) })
  @IsIn(Object.values(StoreType))
  type: StoreType;

  @ApiProperty({ example: '上海市' })
  @Length(1, 20)
  province: string;

  @ApiProperty({ example: '上海市' })
  @Length(1, 20)
  city: string;
}

export class StoreDto implements Store {
  @ApiProperty({ example: 'str_01J…' })
  id: string;

  @ApiProperty({ example: 'SH-JA' })
  code: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: Object.values(StoreType) })
  type: StoreType;

  @ApiProperty()
  province: string;

  @ApiProperty()
  city: string;
}
