import { ConsentPurpose } from '@mall/shared/membership';
import { type Fen, fen, formatYuan } from '@mall/shared/money';
import type { PayeeName, PayeeNameInput } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Consents, POLICY_VERSION } from '../../membership/consent/consent.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Settings } from '../../platform/settings/settings.js';
import { nameRuleOf } from '../../wechat/wechat.public.js';
import type { Guide } from '../guides/guides.public.js';
import { maskName } from './domain/mask-name.js';
import { PayeeNameEntity } from './payee-name.entity.js';

/** The smallest single transfer for which WeChat wants the payee's real name. */
export const NAME_FROM_FEN = fen(200_000);

/**
 * A guide's real name: sealed, kept only with a consent of its own, shown masked, and sent only with transfers that
 * cannot go without it (R5.5, PIPL).
 */
@Injectable()
export class PayeeNames {
  constructor(
    private readonly sealed: SealedText,
    private readonly consents: Consents,
    private readonly settings: Settings,
    private readonly clock: BusinessClock,
  ) {}

  async of(reader: Reader, guideId: string): Promise<PayeeName> {
    const row = await this.find(reader, guideId);
    const { values } = await this.settings.at(reader, 'payouts', this.clock.now());
    return {
      nameMasked: row === null ? null : maskName(this.open(row.nameSealed)),
      policyVersion: POLICY_VERSION,
      requiredFromFen: NAME_FROM_FEN,
      isNeeded: values.transferMaxFen >= NAME_FROM_FEN,
    };
  }

  /** Throws 422 `consent-missing` for a text that is not the one in force. */
  async keep(tx: Tx, guide: Guide, { name, policyVersion }: PayeeNameInput): Promise<void> {
    if (policyVersion !== POLICY_VERSION) {
      const detail = '隐私说明已更新，请重新阅读并同意';
      throw new ProblemError(ProblemType.ConsentMissing, { detail, policyVersion: POLICY_VERSION });
    }
    const at = this.clock.now();
    await this.consents.grant(tx, {
      memberId: guide.memberId,
      policyVersion,
      purposes: [ConsentPurpose.PayoutIdentity],
      at,
    });
    const row = { id: guide.id, nameSealed: this.sealed.seal(name.trim()), updatedAt: at };
    if (await tx.insertOnce(PayeeNameEntity, row)) return;
    await tx.execute('UPDATE payee_names SET nameSealed = ?, updatedAt = ? WHERE id = ?', [
      row.nameSealed,
      at,
      guide.id,
    ]);
  }

  /** The name goes; what is under way with it keeps its own copy until it has ended. */
  async withdraw(tx: Tx, guide: Guide): Promise<void> {
    const gone = await tx.execute('DELETE FROM payee_names WHERE id = ?', [guide.id]);
    if (gone === 0) return;
    await this.consents.withdraw(tx, {
      memberId: guide.memberId,
      policyVersion: POLICY_VERSION,
      purposes: [ConsentPurpose.PayoutIdentity],
      at: this.clock.now(),
    });
  }

  /**
   * Her name, sealed, for each of a payout's transfers that needs it, else null.
   * @throws 422 `payee-name-missing` when one needs it and none is kept
   */
  async forParts(reader: Reader, guideId: string, parts: readonly Fen[]): Promise<(string | null)[]> {
    const needs = parts.map((part) => nameRuleOf(part) === 'required');
    if (!needs.includes(true)) return parts.map(() => null);
    const row = await this.find(reader, guideId);
    if (row === null) {
      const detail = `单笔满 ${formatYuan(NAME_FROM_FEN)} 元的转账，微信要求核对收款人的真实姓名，请先填写`;
      throw new ProblemError(ProblemType.PayeeNameMissing, { detail, requiredFromFen: NAME_FROM_FEN });
    }
    return needs.map((needed) => (needed ? row.nameSealed : null));
  }

  open(nameSealed: string): string {
    return this.sealed.open(nameSealed);
  }

  private find(reader: Reader, guideId: string): Promise<PayeeNameEntity | null> {
    return reader.first<PayeeNameEntity>('SELECT * FROM payee_names WHERE id = ?', [guideId]);
  }
}
