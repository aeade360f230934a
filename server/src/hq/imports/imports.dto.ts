import type { CatalogueImportFinding, CatalogueImportReport } from '@mall/shared/catalogue';
import { ApiProperty } from '@nestjs/swagger';

export class CatalogueImportFindingDto implements CatalogueImportFinding {
  @ApiProperty({ description: '1-based line of the file on which the row starts; the header is line 1' })
  line: number;

  @ApiProperty({ type: String, nullable: true })
  handle: string | null;

  @ApiProperty({ example: 'stock_negative' })
  code: string;

  @ApiProperty({ example: '库存为 -3，按 0 导入' })
  message: string;
}

export class CatalogueImportReportDto implements CatalogueImportReport {
  @ApiProperty()
  productsCreated: number;

  @ApiProperty()
  productsUpdated: number;

  @ApiProperty()
  productsUnchanged: number;

  @ApiProperty()
  skusCreated: number;

  @ApiProperty()
  skusUpdated: number;

  @ApiProperty()
  skusUnchanged: number;

  @ApiProperty({ description: 'Products of the file that customers do not see after the import' })
  productsUnpublished: number;

  @ApiProperty({ type: [CatalogueImportFindingDto] })
  warnings: CatalogueImportFindingDto[];

  @ApiProperty({ type: [CatalogueImportFindingDto], description: 'Rows that were not imported' })
  refused: CatalogueImportFindingDto[];
}
