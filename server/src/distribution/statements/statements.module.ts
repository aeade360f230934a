import { Module } from '@nestjs/common';
import { GuidesModule } from '../guides/guides.public.js';
import { GuideStatementsController } from './guide-statements.controller.js';
import { HqStatementsController } from './hq-statements.controller.js';
import { PaidQueries } from './paid.queries.js';
import { StatementQueries } from './statement.queries.js';

@Module({
  imports: [GuidesModule],
  controllers: [GuideStatementsController, HqStatementsController],
  providers: [PaidQueries, StatementQueries],
  exports: [PaidQueries],
})
export class StatementsModule {}
