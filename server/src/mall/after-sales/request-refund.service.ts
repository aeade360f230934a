import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { newId } from '../../platform/ids/ids.js';
import type { RefundRequestDto } from './refund.dto.js';
import { SubmitRefund } from './submit-refund.service.js';
import { TakeRefund } from './take-refund.service.js';

/**
 * HQ gives money back. The amounts are taken from what the lines still hold by conditional update and stored before
 * WeChat is asked, so that two refunds at once cannot give back more than was paid. A settled commission is no reason
 * to refuse (D6).
 */
@Injectable()
export class RequestRefund {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly take: TakeRefund,
    private readonly submit: SubmitRefund,
  ) {}

  /** Returns the refund's id; the same for the same key and body. */
  async execute(actor: HqActor, orderId: string, request: RefundRequestDto, key: string): Promise<string> {
    const body = { orderId, request };
    const refundId = await this.unitOfWork.run(async (tx) => {
      const id = newId('rfd');
      const call = { actorId: actor.userId, operation: 'refund-order', key, body };
      const earlier = await this.idempotency.claim(tx, call, id);
      if (earlier !== null) return earlier;
      await this.take.execute(tx, { actor, orderId, refundId: id, request });
      return id;
    });
    await this.submit.execute(refundId);
    return refundId;
  }
}
