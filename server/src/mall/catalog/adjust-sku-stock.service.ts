import type { StockLevel } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Stock } from '../stock/stock.public.js';

interface StockChange {
  /** Pieces; negative to take away. */
  delta: number;
  reason: string;
}

/** HQ counts the shelf (R7.3). */
@Injectable()
export class AdjustSkuStock {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stock: Stock,
    private readonly audit: AuditLog,
  ) {}

  /** Throws SkuNotFound; StockInsufficient when fewer pieces are on the shelf than are to be taken. */
  async execute(skuId: string, { delta, reason }: StockChange, actor: HqActor): Promise<StockLevel> {
    return this.unitOfWork.run(async (tx) => {
      const [old] = await this.stock.levels(tx, [skuId]);
      if (old === undefined) throw new ProblemError(ProblemType.SkuNotFound, { detail: '没有这个规格' });
      if (!(await this.stock.adjust(tx, { skuId, delta, reason, actorId: actor.userId }))) {
        const detail = `可售库存只有 ${old.available} 件，不能减少 ${-delta} 件`;
        throw new ProblemError(ProblemType.StockInsufficient, { detail, skuId, available: old.available });
      }
      const [level] = await this.stock.levels(tx, [skuId]);
      if (level === undefined) throw new Error(`stock of ${skuId} vanished`);
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'stock.adjust',
        subject: skuId,
        old: { available: level.available - delta, received: level.received - delta },
        new: { available: level.available, received: level.received },
        reason,
      });
      return level;
    });
  }
}
