import { Injectable, Logger } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type LogisticsType, WechatShippingClient } from '../../wechat/wechat.public.js';
import { judgeUpload, type UploadStep, waitAfter } from './domain/judge-upload.js';
import { nextUploadTime } from './domain/shipping-content.js';
import type { ShippingUploadEntity } from './shipping-upload.entity.js';

/** Tells WeChat what was stored. Any number of times, on any number of nodes: the same data is one shipment. */
@Injectable()
export class UploadShipping {
  private readonly logger = new Logger(UploadShipping.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly client: WechatShippingClient,
    private readonly clock: WallClock,
  ) {}

  /** True when WeChat knows of it now. */
  async execute(uploadId: string): Promise<boolean> {
    const upload = await this.take(uploadId);
    if (upload === null) return false;
    const { carrier, trackingNumber, itemDesc, receiverContact, payerOpenid, orderNumber } = upload;
    const answer = await this.client.upload({
      outTradeNo: orderNumber,
      payerOpenid,
      logisticsType: upload.logisticsType as LogisticsType,
      carrier,
      trackingNumber,
      itemDesc,
      receiverContact,
      uploadTime: upload.lastUploadTime ?? this.clock.now(),
    });
    const judged = judgeUpload(answer, upload.tries);
    const step = judged.step === 'compare' ? await this.compare(upload, judged.code) : judged;
    await this.settle(upload, step);
    if (step.step !== 'uploaded') {
      const { outcome } = answer;
      this.logger.warn({ message: 'shipping was not accepted', uploadId, outcome, step: step.step, code: step.code });
    }
    return step.step === 'uploaded';
  }

  /** The try is written down before it is made, with a time later than the last one's. */
  private take(uploadId: string): Promise<ShippingUploadEntity | null> {
    return this.unitOfWork.run(async (tx) => {
      const row = await tx.first<ShippingUploadEntity>('SELECT * FROM shipping_uploads WHERE id = ?', [uploadId]);
      if (row === null) return null;
      const now = this.clock.now();
      const uploadTime = nextUploadTime(now, row.lastUploadTime);
      const taken = await tx.execute(
        `UPDATE shipping_uploads SET tries = tries + 1, lastUploadTime = ?, nextTryAt = ?
         WHERE id = ? AND state = 'waiting' AND tries = ? AND revision = ?`,
        [uploadTime, now + waitAfter(row.tries), uploadId, row.tries, row.revision],
      );
      return taken === 1 ? { ...row, lastUploadTime: uploadTime } : null;
    });
  }

  /** 10060002 with the same parcel: an earlier try of ours has arrived. */
  private async compare(upload: ShippingUploadEntity, code: string): Promise<UploadStep> {
    const known = await this.client.order(upload.orderNumber);
    if (known.outcome !== 'ok') return { step: 'later', code };
    const isSame =
      upload.trackingNumber === null
        ? known.value.logisticsType === upload.logisticsType
        : known.value.parcels.some(
            ({ carrier, trackingNumber }) => carrier === upload.carrier && trackingNumber === upload.trackingNumber,
          );
    return isSame ? { step: 'uploaded' } : { step: 'failed', code };
  }

  /** Nothing is written of a parcel that was named anew meanwhile: that one is told next. */
  private async settle({ id, revision }: ShippingUploadEntity, step: UploadStep): Promise<void> {
    if (step.step === 'compare') return;
    const now = this.clock.now();
    const state = { uploaded: 'uploaded', later: 'waiting', failed: 'failed' }[step.step];
    const isUploaded = step.step === 'uploaded';
    await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE shipping_uploads SET state = ?, refusalCode = ?, uploadedAt = ?, receiptCheckAt = COALESCE(?, receiptCheckAt)
         WHERE id = ? AND revision = ? AND state = 'waiting'`,
        [state, isUploaded ? null : step.code, isUploaded ? now : null, isUploaded ? now + DAY_MS : null, id, revision],
      ),
    );
  }
}
