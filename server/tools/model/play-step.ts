/** Lets one step happen in the real mall, by the use cases that its controllers and jobs call. */

import { StartHandOver } from '../../src/distribution/bindings/start-hand-over.service.js';
import { TransferMember } from '../../src/distribution/bindings/transfer-member.service.js';
import { ReleaseMaturedCommission } from '../../src/distribution/commission/release-matured-commission.job.js';
import { SettleCommissionTails } from '../../src/distribution/commission/settle-commission-tails.job.js';
import { ChangeGuideStatus } from '../../src/distribution/guides/guides.public.js';
import { ChooseGuide } from '../../src/distribution/profile/choose-guide.service.js';
import { EndRate } from '../../src/distribution/rates/end-rate.service.js';
import { PublishRate } from '../../src/distribution/rates/rates.public.js';
import { RecordTouch } from '../../src/distribution/share-links/record-touch.service.js';
import { RevokeShareLink } from '../../src/distribution/share-links/revoke-share-link.service.js';
import { PublishSettings } from '../../src/hq/settings/publish-settings.service.js';
import { MoveOrdersInTime } from '../../src/mall/fulfilment/move-orders-in-time.job.js';
import { ProblemError } from '../../src/platform/http/problem.js';
import { HQ, HQ_NAME, type MallWorld } from './mall-world.js';
import { OrderPlayer } from './play-orders.js';
import { PayoutPlayer } from './play-payouts.js';
import type { ProductScope, RateStep, RelationStep, SellerScope, SettingsStep, Step } from './steps.js';
import { TIERS } from './world.js';

/** A code that no guide ever made. */
const FORGED = '22222222';

/** Plays one sequence; knows which of the mall's ids the labels of the steps became. */
export class Player {
  private readonly orderPlayer: OrderPlayer;
  private readonly payoutPlayer: PayoutPlayer;
  private readonly rates = new Map<number, string>();

  constructor(private readonly world: MallWorld) {
    this.orderPlayer = new OrderPlayer(world);
    this.payoutPlayer = new PayoutPlayer(world);
    for (const [label, id] of world.ids.rates.entries()) this.rates.set(label, id);
  }

  get orders(): OrderPlayer['orders'] {
    return this.orderPlayer.orders;
  }

  /** False: the mall refused. Whatever else is thrown is a defect of the mall. */
  async play(step: Step): Promise<boolean> {
    try {
      return await this.dispatch(step);
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  private async dispatch(step: Step): Promise<boolean> {
    switch (step.kind) {
      case 'touch':
        return this.touch(step);
      case 'revoke':
        return this.revoke(step.guide);
      case 'join':
        await this.world.join(step.person);
        return true;
      case 'enrol':
        await this.world.enrol(step.person, step.store, step.tier);
        return true;
      case 'order':
        return this.orderPlayer.order(step);
      case 'pay':
      case 'cancel':
      case 'ship':
      case 'receive':
        return this.orderPlayer.move(step.kind, step.order);
      case 'refund':
        return this.orderPlayer.refund(step);
      case 'settle':
        return this.orderPlayer.settle(step.refund, step.succeeds);
      case 'payout':
      case 'decide':
      case 'withdraw':
      case 'transfer':
        return this.payoutPlayer.play(step);
      case 'choose':
      case 'reassign':
      case 'hand-over':
        return this.relation(step);
      case 'end-rate':
        return this.endRate(step.rate, step.inMs);
      case 'advance':
        this.world.mall.clock.now += step.ms;
        await this.world.get(MoveOrdersInTime).run();
        return true;
      case 'release':
        await this.world.get(SettleCommissionTails).run();
        await this.world.get(ReleaseMaturedCommission).run();
        return true;
      case 'suspend':
      case 'return':
      case 'leave':
        return this.changeStatus(
          step.guide,
          ({ suspend: 'suspended', return: 'active', leave: 'left' } as const)[step.kind],
        );
      case 'rate':
        return this.rate(step);
      case 'settings':
        return this.settings(step);
    }
  }

  private async touch({ person, guide, link }: Extract<Step, { kind: 'touch' }>): Promise<boolean> {
    const links = this.world.links.get(guide);
    const shareCode = link === 'forged' ? FORGED : (links?.[link] ?? FORGED);
    await this.world.get(RecordTouch).execute(this.world.memberId(person), { shareCode, scene: 1007 });
    return true;
  }

  private async revoke(guide: number): Promise<boolean> {
    const links = this.world.links.get(guide);
    if (links === undefined) throw new Error(`person ${guide} is no guide`);
    await this.world.get(RevokeShareLink).execute(this.world.guideId(guide), links.live);
    links.revoked = links.live;
    links.live = await this.world.makeLink(guide);
    return true;
  }

  private async changeStatus(guide: number, to: 'active' | 'suspended' | 'left'): Promise<boolean> {
    const change = { guideId: this.world.guideId(guide), to, reason: '人事' };
    await this.world.get(ChangeGuideStatus).execute(HQ_NAME, change);
    return true;
  }

  private async relation(step: RelationStep): Promise<boolean> {
    const idOf = (guide: number | null): string | null => (guide === null ? null : this.world.guideId(guide));
    if (step.kind === 'hand-over') {
      const request = { toGuideIds: step.to.map((guide) => this.world.guideId(guide)), reason: '移交' };
      await this.world.get(StartHandOver).execute(HQ_NAME, this.world.guideId(step.guide), request);
      return true;
    }
    const memberId = this.world.memberId(step.person);
    const request = { guideId: idOf(step.guide) };
    if (step.kind === 'choose') await this.world.get(ChooseGuide).execute(memberId, request);
    else await this.world.get(TransferMember).execute(HQ_NAME, memberId, { ...request, reason: '调整' });
    return true;
  }

  private async rate({ rate, product, seller, guideBps, storeBps, inMs, lengthMs }: RateStep): Promise<boolean> {
    const effectiveFrom = this.world.mall.clock.now + inMs;
    const scopes = { productScope: this.productScope(product), sellerScope: this.sellerScope(seller) };
    const until = lengthMs === null ? {} : { effectiveTo: effectiveFrom + lengthMs };
    const input = { ...scopes, guideBps, storeBps, effectiveFrom, ...until, reason: '调整' };
    const { id } = await this.world.get(PublishRate).execute(HQ, input);
    this.rates.set(rate, id);
    return true;
  }

  private async endRate(rate: number, inMs: number): Promise<boolean> {
    const at = this.world.mall.clock.now + inMs;
    await this.world.get(EndRate).execute(HQ, this.rates.get(rate) ?? '', { at, reason: '终止' });
    return true;
  }

  private productScope({ kind, id }: ProductScope) {
    const { skus, products, categories, brands } = this.world.ids;
    if (kind === 'any') return { kind };
    return { kind, id: { sku: skus, product: products, category: categories, brand: brands }[kind][id] ?? '' };
  }

  private sellerScope({ kind, id }: SellerScope) {
    if (kind === 'any') return { kind };
    if (kind === 'guide') return { kind, id: this.world.guideId(id) };
    if (kind === 'store') return { kind, id: this.world.ids.stores[id] ?? '' };
    return { kind, id: (kind === 'tier' ? TIERS[id] : ['direct', 'franchise'][id]) ?? '' };
  }

  private async settings({ group, values, inMs }: SettingsStep): Promise<boolean> {
    const effectiveFrom = this.world.mall.clock.now + inMs;
    await this.world.get(PublishSettings).execute(HQ, group, { values, effectiveFrom, reason: '调整' });
    return true;
  }
}
