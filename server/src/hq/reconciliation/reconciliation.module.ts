import { Module } from '@nestjs/common';
import { ReconcileDaily } from './reconcile-daily.job.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { ReconciliationQueries } from './reconciliation.queries.js';
import { RunReconciliation } from './run-reconciliation.service.js';

@Module({
  controllers: [ReconciliationController],
  providers: [ReconciliationQueries, RunReconciliation, ReconcileDaily],
})
export class ReconciliationModule {}
