import type { AccountClosurePreview, DataExport, DataExportContent, DataExportState } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { ClosureObstacles } from './closure-obstacles.js';
import type { DataExportEntity } from './data-export.entity.js';
import { KEEP_EXPORT_MS } from './make-exports.job.js';

const ERASED = [
  '微信账号与会员的关联、手机号、昵称，所有登录马上失效',
  '收货地址簿',
  '已经结束的订单里的收货人、电话、地址和备注',
  '没有使用的优惠券',
  '导出过的资料文件',
];
const KEPT = [
  '订单的商品、金额和物流单号，去掉能识别您的内容后至少保存三年（电子商务法要求）',
  '您同意和撤回同意的记录，作为合规凭证，不含联系方式',
  '账目与导购佣金的数字，不含您的身份',
];

@Injectable()
export class PrivacyQueries {
  constructor(
    private readonly database: Database,
    private readonly obstacles: ClosureObstacles,
    private readonly sealed: SealedText,
  ) {}

  /** What closing the account would do, and what stands in its way. */
  async closure(memberId: string): Promise<AccountClosurePreview> {
    return { obstacles: await this.obstacles.of(this.database, memberId), erased: ERASED, kept: KEPT };
  }

  /** Her newest export; null: she never asked for one. */
  async newestExport(memberId: string): Promise<DataExport | null> {
    const row = await this.database.first<DataExportEntity>(
      'SELECT id, state, requestedAt, madeAt FROM data_exports WHERE memberId = ? ORDER BY id DESC LIMIT 1',
      [memberId],
    );
    if (row === null) return null;
    const { id, state, requestedAt, madeAt } = row;
    return {
      id,
      state: state as DataExportState,
      requestedAt,
      expiresAt: madeAt === null ? null : madeAt + KEEP_EXPORT_MS,
    };
  }

  /** Throws 404 for what is not hers, not made yet, or deleted again. */
  async exportContent(memberId: string, id: string): Promise<DataExportContent> {
    const row = await this.database.first<Pick<DataExportEntity, 'contentSealed'>>(
      `SELECT contentSealed FROM data_exports WHERE id = ? AND memberId = ? AND state = 'ready'`,
      [id, memberId],
    );
    if (row?.contentSealed == null) throw notFound();
    return JSON.parse(this.sealed.open(row.contentSealed)) as DataExportContent;
  }
}
