import type { CommissionRuleInput } from '@mall/shared/hq';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { PublishRate } from '../../distribution/rates/rates.public.js';
import { EnsureDemoCampaign } from '../../marketing/repurchase/repurchase.public.js';
import type { HqActor } from '../../platform/auth/actor.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { Database } from '../../platform/database/database.js';
import { SeedDemoGoods } from '../goods/demo-goods.public.js';
import { DEMO_ACTOR } from './demo-entrance.js';
import { SeedDemoPeople } from './seed-demo-people.service.js';

const DEMO_HQ: HqActor = {
  kind: 'hq',
  sessionId: '',
  userId: DEMO_ACTOR.id,
  username: DEMO_ACTOR.name,
  role: 'owner',
  storeId: null,
};

/** 7.5% for the guide and 2% for her store; senior guides 9%. */
const DEMO_RATES: readonly CommissionRuleInput[] = [
  { productScope: { kind: 'any' }, sellerScope: { kind: 'any' }, guideBps: 750, storeBps: 200, reason: '基础佣金' },
  {
    productScope: { kind: 'any' },
    sellerScope: { kind: 'tier', id: '资深' },
    guideBps: 900,
    storeBps: 200,
    reason: '资深导购佣金',
  },
];

/** People, rates and the campaign of the demo. */
@Injectable()
export class DemoRules {
  constructor(
    private readonly database: Database,
    private readonly people: SeedDemoPeople,
    private readonly publishRate: PublishRate,
    private readonly campaign: EnsureDemoCampaign,
  ) {}

  async execute(emulatorUrl: string): Promise<void> {
    const [rule] = await this.database.query('SELECT id FROM commission_rules LIMIT 1');
    if (rule === undefined) for (const rate of DEMO_RATES) await this.publishRate.execute(DEMO_HQ, rate);
    await this.campaign.execute();
    await this.people.execute(emulatorUrl);
  }
}

/** Fills an empty database with a shop to look at. */
@Injectable()
export class SeedDemoShop {
  private readonly logger = new Logger(SeedDemoShop.name);

  constructor(
    private readonly goods: SeedDemoGoods,
    private readonly rules: DemoRules,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Safe to repeat: what is there is left alone, so that a shop that somebody played with stays as she left it. */
  async execute(): Promise<void> {
    const { demoShop, emulatorUrl } = this.environment;
    if (!demoShop || emulatorUrl === null) return;
    await this.goods.execute();
    await this.rules.execute(emulatorUrl);
    this.logger.log('the demo shop is there');
  }
}
