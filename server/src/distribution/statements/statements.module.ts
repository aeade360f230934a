import { Module } from '@nestjs/common';
import { PaidQueries } from './paid.queries.js';

@Module({ providers: [PaidQueries], exports: [PaidQueries] })
export class StatementsModule {}
