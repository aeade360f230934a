import type { CatalogueImportReport } from '@mall/shared/catalogue';
import { ProblemType } from '@mall/shared/problems';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { ProblemError } from '../../platform/http/problem.js';
import { ImportCatalogue } from './import-catalogue.service.js';
import { CatalogueImportReportDto } from './imports.dto.js';

@ApiTags('hq: catalogue')
@ApiBearerAuth()
@Controller('api/hq/catalogue/imports')
export class ImportsController {
  constructor(private readonly importCatalogue: ImportCatalogue) {}

  @Post()
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Imports a product CSV (at most 20 MB); the same file twice changes nothing' })
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: CatalogueImportReportDto })
  import(@Body() file: unknown, @CurrentHqUser() actor: HqActor): Promise<CatalogueImportReport> {
    // JSON has a parser too; a file sent as JSON is a mistake of the client.
    if (file !== undefined && file !== null && !Buffer.isBuffer(file)) {
      throw new ProblemError(ProblemType.UnsupportedMediaType, { detail: '请以 text/csv 发送文件' });
    }
    return this.importCatalogue.execute(Buffer.isBuffer(file) ? file : Buffer.alloc(0), actor);
  }
}
