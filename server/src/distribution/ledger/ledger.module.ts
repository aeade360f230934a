import { Module } from '@nestjs/common';
import { LedgerController } from './ledger.controller.js';
import { Ledger } from './ledger.js';
import { LedgerQueries } from './ledger.queries.js';

@Module({ controllers: [LedgerController], providers: [Ledger, LedgerQueries], exports: [Ledger, LedgerQueries] })
export class LedgerModule {}
