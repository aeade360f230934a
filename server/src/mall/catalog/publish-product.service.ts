import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { refreshProduct } from './refresh-product.js';

/** Shows a product to customers, or hides it. */
@Injectable()
export class PublishProduct {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
  ) {}

  /** Throws NotFound; SkuUnavailable when it is to be shown but has no SKU with a price. */
  async execute(productId: string, publish: boolean, actor: HqActor): Promise<{ id: string; published: boolean }> {
    return this.unitOfWork.run(async (tx) => {
      const old = await tx.first<{ published: number; publishWanted: number }>(
        'SELECT published, publishWanted FROM products WHERE id = ?',
        [productId],
      );
      if (old === null) throw notFound();
      await tx.execute('UPDATE products SET publishWanted = ? WHERE id = ?', [publish ? 1 : 0, productId]);
      const published = await refreshProduct(tx, productId, this.clock.now());
      if (publish && !published) {
        throw new ProblemError(ProblemType.SkuUnavailable, { detail: '该商品没有价格大于 0 的规格，不能上架' });
      }
      if (old.publishWanted !== (publish ? 1 : 0)) {
        await this.audit.record(tx, {
          actor: { id: actor.userId, name: actor.username },
          action: publish ? 'product.publish' : 'product.unpublish',
          subject: productId,
          old: { published: old.published === 1 },
          new: { published },
        });
      }
      return { id: productId, published };
    });
  }
}
