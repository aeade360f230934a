import {
  type AccountClosurePreview,
  type AccountClosureRequest,
  type DataExport,
  type DataExportContent,
  DataExportState,
  type DataSection,
} from '@mall/shared/privacy';
import { ApiProperty } from '@nestjs/swagger';
import { Equals, IsString, Length } from 'class-validator';

export class DataExportDto implements DataExport {
  @ApiProperty({ example: 'dex_01J…' })
  id: string;

  @ApiProperty({ enum: Object.values(DataExportState) })
  state: DataExportState;

  @ApiProperty()
  requestedAt: number;

  @ApiProperty({ type: Number, nullable: true })
  expiresAt: number | null;
}

class DataSectionDto implements DataSection {
  @ApiProperty()
  title: string;

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Rows of label and value' })
  items: Record<string, string | number | null>[];
}

export class DataExportContentDto implements DataExportContent {
  @ApiProperty()
  madeAt: number;

  @ApiProperty({ type: [DataSectionDto] })
  sections: DataSectionDto[];
}

export class AccountClosurePreviewDto implements AccountClosurePreview {
  @ApiProperty({ type: [String], description: 'Empty: she may close it' })
  obstacles: string[];

  @ApiProperty({ type: [String] })
  erased: string[];

  @ApiProperty({ type: [String] })
  kept: string[];
}

export class AccountClosureRequestDto implements AccountClosureRequest {
  @ApiProperty({ description: 'A fresh code of wx.login()' })
  @IsString()
  @Length(1, 128)
  code: string;

  @ApiProperty({ enum: [true] })
  @Equals(true)
  confirmed: true;
}
