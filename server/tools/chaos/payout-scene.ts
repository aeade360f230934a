/** What a payout's history is about: guides of its own with money, HQ's terms, and a month that no other history used. */
import { GuideEntity } from '../../src/distribution/guides/guide.entity.js';
import { Ledger, move } from '../../src/distribution/ledger/ledger.public.js';
import { PayeeNames } from '../../src/distribution/payouts/payee-names.js';
import { PublishSettings } from '../../src/hq/settings/publish-settings.service.js';
import { POLICY_VERSION } from '../../src/membership/consent/consent.public.js';
import { MemberEntity } from '../../src/membership/members/member.entity.js';
import { MemberIdentityEntity } from '../../src/membership/members/member-identity.entity.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { newId } from '../../src/platform/ids/ids.js';
import { HQ } from '../model/mall-world.js';
import type { ChaosWorld } from './chaos-world.js';
import { GUIDES, type PayoutStep, TERMS, type Withholding } from './payout-steps.js';

export interface PlayedGuide {
  id: string;
  openid: string;
  /** Null: she left no name. */
  name: string | null;
  /** What her commissions came to, less what was taken back. */
  earnedFen: number;
}

const CHINA_MS = 8 * 3_600_000;

export class PayoutScene {
  guides: PlayedGuide[] = [];
  fundsFen = 0;
  terms: (typeof TERMS)[keyof typeof TERMS] = TERMS.plain;
  /** Some of her commission was taken back, so that her balance may be below zero. */
  wasClawed = false;
  /** The payouts that guides were told of, with the key of the call. */
  readonly asked = new Map<string, string>();

  constructor(private readonly world: ChaosWorld) {}

  async begin(step: Extract<PayoutStep, { kind: 'begin' }>): Promise<void> {
    const { world } = this;
    if (this.guides.length > 0) return;
    world.advance(monthAfter(world.now) - world.now + step.offsetMs);
    this.fundsFen = step.fundsFen;
    this.terms = TERMS[step.terms];
    const values = { ...this.terms, withholding: step.withholding };
    await world.get(PublishSettings).execute(HQ, 'payouts', { values, reason: '新规则' });
    for (let index = 0; index < GUIDES; index += 1) await this.enrol(step.named);
    for (const index of this.guides.keys()) await this.earn(index, step.fundsFen);
    world.advance(1_000);
  }

  async setWithholding(method: Withholding): Promise<void> {
    const input = { values: { withholding: method }, reason: '换算法' };
    if (this.guides.length > 0) await this.world.get(PublishSettings).execute(HQ, 'payouts', input);
  }

  async suspend(guide: number, suspended: boolean): Promise<void> {
    const status = suspended ? 'suspended' : 'active';
    const values = [status, this.guides[guide]?.id ?? ''];
    await this.world.get(UnitOfWork).run((tx) => tx.execute('UPDATE guides SET status = ? WHERE id = ?', values));
  }

  /** A refund takes back a part of what she earned, whatever became of it (R5.3). */
  async claw(guide: number, partBps: number): Promise<void> {
    this.wasClawed = true;
    await this.earn(guide, -Math.floor((this.fundsFen * partBps) / 10_000));
  }

  /** Posted as a commission of hers that is released, or reversed when negative. */
  async earn(guide: number, amountFen: number): Promise<void> {
    const played = this.guides[guide];
    if (played === undefined || amountFen === 0) return;
    const hers = { ownerKind: 'guide', ownerId: played.id, bucket: 'available' } as const;
    const cost = { ownerKind: 'hq', bucket: 'commission' } as const;
    const legs = amountFen > 0 ? move(amountFen as never, cost, hers) : move(-amountFen as never, hers, cost);
    const fact = amountFen > 0 ? 'released' : 'reversed';
    const entryId = newId('cme');
    const source = { sourceKind: 'commission-entry', sourceId: entryId, payee: '', fact } as const;
    const posting = { ...source, legs, orderId: null, entryId, occurredAt: this.world.now };
    await this.world.get(UnitOfWork).run((tx) => this.world.get(Ledger).post(tx, posting));
    played.earnedFen += amountFen;
  }

  /** Those whose balance is below zero. */
  async heldGuides(): Promise<string[]> {
    const accounts = this.guides.map(({ id }) => `guide:${id}:available`);
    const rows = await this.world
      .get(Database)
      .query<{ ownerId: string }>(
        `SELECT ownerId FROM ledger_balances WHERE balanceFen < 0 AND account IN (${accounts.map(() => '?').join(', ')})`,
        accounts,
      );
    return rows.map(({ ownerId }) => ownerId);
  }

  /** Written directly: how somebody becomes a guide is the model's to test. */
  private async enrol(named: boolean): Promise<void> {
    const { world } = this;
    const [id, memberId] = [newId('gde'), newId('mem')];
    const openid = `o${memberId}`;
    const name = named ? `陈静${this.guides.length}` : null;
    const createdAt = world.now;
    const guide = {
      id,
      memberId,
      storeId: world.mall.ids.stores[0] ?? '',
      name: '陈静',
      tier: '标准',
      payeeType: 'contractor',
      status: 'active',
      registeredAt: createdAt,
      leftAt: null,
    };
    await world.get(UnitOfWork).run(async (tx) => {
      await tx.insert(MemberEntity, { ...EMPTY_MEMBER, id: memberId, createdAt } as MemberEntity);
      const identity = { appId: world.wechat.appId, openid, memberId, createdAt, signedInAt: createdAt };
      await tx.insert(MemberIdentityEntity, identity);
      await tx.insert(GuideEntity, guide as GuideEntity);
      if (name !== null) {
        const kept = { name, policyVersion: POLICY_VERSION };
        await world.get(PayeeNames).keep(tx, { ...guide, storeName: '' } as never, kept);
      }
    });
    this.guides.push({ id, openid, name, earnedFen: 0 });
  }
}

const EMPTY_MEMBER = {
  unionid: null,
  nickname: null,
  phoneSealed: null,
  phoneHash: null,
  phoneTail: null,
  joinedAt: null,
  contactPreference: 'guide',
  mergedInto: null,
  closedAt: null,
};

/** The first instant, in China, of the month after the one that holds `at`. */
export function monthAfter(at: number): number {
  const day = new Date(at + CHINA_MS);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1) - CHINA_MS;
}
