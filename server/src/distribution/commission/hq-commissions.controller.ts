import type { CommissionReceipt } from '@mall/shared/guides';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { CommissionQueries, type OrderCommission } from './commission.queries.js';
import { ReceiptQueries } from './receipt.queries.js';

/** HQ sees the numbers that the guide sees, from the same query (R5.6). */
@ApiTags('hq: commission')
@ApiBearerAuth()
@HqOnly('operator', 'finance', 'auditor')
@Controller('api/hq')
export class HqCommissionsController {
  constructor(
    private readonly queries: CommissionQueries,
    private readonly receipts: ReceiptQueries,
    private readonly attribution: AttributionQueries,
    private readonly database: Database,
  ) {}

  @Get('commissions/:id')
  @ApiOperation({ summary: 'The receipt of any commission' })
  async receipt(@Param('id') id: string): Promise<CommissionReceipt> {
    const receipt = await this.receipts.receipt(id, null);
    if (receipt === null) throw notFound();
    return receipt;
  }

  @Get('orders/:id/commissions')
  @ApiOperation({ summary: 'Every payee’s commission on one order' })
  async ofOrder(@Param('id') orderId: string): Promise<OrderCommission[]> {
    if ((await this.attribution.snapshot(this.database, orderId)) === null) throw notFound();
    return this.queries.ofOrder(this.database, orderId);
  }
}
