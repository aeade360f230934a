import { Module } from '@nestjs/common';
import { ImportsModule } from './imports/imports.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { TradeBillsModule } from './trade-bills/trade-bills.module.js';
import { HqUsersModule } from './users/users.module.js';

/** Headquarters: who may sign in, what was changed, what is imported, what is stuck. */
@Module({
  imports: [HqUsersModule, ImportsModule, OperationsModule, ReconciliationModule, SettingsModule, TradeBillsModule],
})
export class HqModule {}
