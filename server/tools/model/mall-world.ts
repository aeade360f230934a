/** Builds the world of world.ts in the real mall, once, through the mall's own use cases; then brings it back at will. */
import { DataSource, type EntityMetadata } from 'typeorm';
import { AcceptInvitation, InviteGuide } from '../../src/distribution/guides/guides.public.js';
import { JoinMembership, JoinOffers } from '../../src/distribution/profile/profile.public.js';
import { PublishRate } from '../../src/distribution/rates/rates.public.js';
import { MakeShareLink } from '../../src/distribution/share-links/make-share-link.service.js';
import { OpenStore } from '../../src/distribution/stores/stores.public.js';
import { PublishSettings } from '../../src/hq/settings/publish-settings.service.js';
import { UpsertProduct } from '../../src/mall/catalog/catalog.public.js';
import { ReplaceFreightRules } from '../../src/mall/freight/replace-freight-rules.service.js';
import { CreateCampaignService } from '../../src/marketing/repurchase/create-campaign.service.js';
import { Addresses } from '../../src/membership/addresses/addresses.public.js';
import { SignInWithWechat } from '../../src/membership/sessions/sessions.public.js';
import type { HqActor } from '../../src/platform/auth/actor.js';
import { Database } from '../../src/platform/database/database.js';
import type { SqlValue } from '../../src/platform/database/tx.js';
import { UnitOfWork, WRITE_SOURCE } from '../../src/platform/database/unit-of-work.js';
import type { WechatConfig } from '../../src/wechat/wechat.public.js';
import { type Engine, type OpenMall, openMall } from './open-mall.js';
import {
  BEGINNING,
  BRANDS,
  CAMPAIGNS,
  CATEGORIES,
  FIRST_GUIDES,
  FIRST_RATES,
  FREIGHT,
  PAYOUT_LIMITS,
  PEOPLE,
  PRODUCTS,
  SKUS,
  STORES,
  type Tier,
} from './world.js';

export const HQ: HqActor = {
  kind: 'hq',
  sessionId: '',
  userId: 'hqu_model',
  username: 'model',
  role: 'owner',
  storeId: null,
};
export const HQ_NAME = { id: HQ.userId, name: HQ.username };

type Row = Record<string, SqlValue>;

/** What the sequences leave alone: writing it anew each time would cost more than all the steps. */
const LASTING = new Set([
  'addresses',
  'brands',
  'categories',
  'coupon_campaigns',
  'coupon_templates',
  'freight_rules',
  'hq_users',
  'member_identities',
  'product_images',
  'product_search_terms',
  'products',
  'skus',
  'stock_levels',
  'stores',
]);

/** The mall's ids of what world.ts counts. */
export interface WorldIds {
  stores: string[];
  brands: string[];
  categories: string[];
  products: string[];
  skus: string[];
  campaigns: string[];
  /** The rates of the beginning, by label. */
  rates: string[];
  people: { memberId: string; addressId: string }[];
}

export interface Links {
  live: string;
  revoked: string | null;
}

export class MallWorld {
  /** Guide ids and links by person; sequences add to them and `reset` brings the beginning back. */
  guides = new Map<number, string>();
  links = new Map<number, Links>();
  private readonly snapshot: { meta: EntityMetadata; rows: Row[] }[] = [];
  private first = { guides: new Map<number, string>(), links: new Map<number, Links>() };
  private readonly known: { ids: WorldIds } = { ids: emptyIds() };

  private constructor(readonly mall: OpenMall) {}

  static async open(engine: Engine, wechat?: WechatConfig): Promise<MallWorld> {
    const world = new MallWorld(await openMall(engine, BEGINNING, wechat));
    await world.build();
    await world.remember();
    return world;
  }

  get ids(): WorldIds {
    return this.known.ids;
  }

  get<T>(type: new (...parameters: never[]) => T): T {
    return this.mall.app.get<T>(type, { strict: false });
  }

  /** Committed data. */
  read<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.get(Database).query<Row>(sql, values);
  }

  close(): Promise<void> {
    return this.mall.close();
  }

  /** Back to the beginning: what the sequence before has written is gone, and its time too. */
  async reset(): Promise<void> {
    this.mall.clock.now = BEGINNING;
    this.guides = new Map(this.first.guides);
    this.links = new Map([...this.first.links].map(([person, links]) => [person, { ...links }]));
    await this.get(UnitOfWork).run(async (tx) => {
      for (const { meta, rows } of this.snapshot) {
        await tx.execute(`DELETE FROM ${meta.tableName}`);
        if (rows.length > 0) await tx.insert(meta.target as new () => Row, rows);
      }
    });
  }

  /** Somebody joined and is made a guide of a store, by HQ's invitation. */
  async enrol(person: number, store: number, tier: Tier): Promise<void> {
    const storeId = this.ids.stores[store] ?? '';
    const memberId = this.memberId(person);
    const { code } = await this.get(InviteGuide).execute(HQ_NAME, { storeId, guideName: `导购${person}`, tier });
    this.guides.set(person, await this.get(AcceptInvitation).execute(memberId, code));
    this.links.set(person, { live: await this.makeLink(person), revoked: null });
  }

  async makeLink(person: number): Promise<string> {
    const store = await this.get(UnitOfWork).run((tx) =>
      tx.first<{ storeId: string }>('SELECT storeId FROM guides WHERE id = ?', [this.guideId(person)]),
    );
    const guide = { id: this.guideId(person), storeId: store?.storeId ?? '' };
    return (await this.get(MakeShareLink).execute(guide, { placement: 'card' })).code;
  }

  async join(person: number): Promise<void> {
    const memberId = this.memberId(person);
    const offer = await this.get(UnitOfWork).run((tx) =>
      this.get(JoinOffers).resolve(tx, memberId, this.mall.clock.now),
    );
    const { policyVersion, offerTouchId } = this.get(JoinOffers).toWire(offer);
    const phoneCode = `139${String(person).padStart(8, '0')}`;
    const request = { phoneCode, policyVersion, purposes: ['membership' as const], offerTouchId };
    await this.get(JoinMembership).execute(memberId, request);
  }

  memberId(person: number): string {
    return this.ids.people[person]?.memberId ?? '';
  }

  guideId(person: number): string {
    return this.guides.get(person) ?? '';
  }

  private async build(): Promise<void> {
    await this.openStores();
    await this.stockShelves();
    await this.invitePeople();
    for (const [person, { store, tier }] of FIRST_GUIDES.entries()) {
      await this.join(person);
      await this.enrol(person, store, tier);
    }
    for (const { tier, guideBps, storeBps } of FIRST_RATES) {
      const sellerScope = tier === null ? { kind: 'any' as const } : { kind: 'tier' as const, id: tier };
      const input = { productScope: { kind: 'any' as const }, sellerScope, guideBps, storeBps, reason: '基础' };
      this.ids.rates.push((await this.get(PublishRate).execute(HQ, input)).id);
    }
    const limits = { values: { ...PAYOUT_LIMITS }, reason: '小额' };
    await this.get(PublishSettings).execute(HQ, 'payouts', limits);
    await this.startCampaigns();
  }

  private async openStores(): Promise<void> {
    for (const [index, { type }] of STORES.entries()) {
      const input = { code: `M-${index}`, name: `门店${index}`, type, province: '上海市', city: '上海市' };
      this.ids.stores.push((await this.get(OpenStore).execute(HQ_NAME, input)).id);
    }
  }

  private async stockShelves(): Promise<void> {
    const author = { actorId: HQ.userId, reason: '开业' };
    for (const [index, { brand, category }] of PRODUCTS.entries()) {
      const skus = SKUS.flatMap(({ product, priceFen }, sku) => {
        const rest = { code: '', compareAtFen: null, costFen: null, imageUrl: null, quantity: 1_000_000 };
        return product === index ? [{ optionValues: [`款${sku}`], priceFen, ...rest }] : [];
      });
      await this.get(UpsertProduct).execute(
        {
          handle: `p-${index}`,
          title: `商品${index}`,
          subtitle: null,
          descriptionHtml: '',
          brandName: BRANDS[brand] ?? '',
          categoryNames: CATEGORIES[category]?.names ?? [],
          tags: [],
          publish: true,
          optionNames: ['款式'],
          imageUrls: [],
          skus,
          complete: true,
        },
        author,
      );
    }
    await this.get(ReplaceFreightRules).execute([{ provinces: [], name: '快递', ...FREIGHT, served: true }], HQ);
    await this.learnGoods();
  }

  private async learnGoods(): Promise<void> {
    await this.get(UnitOfWork).run(async (tx) => {
      const idOf = async (sql: string, values: SqlValue[]): Promise<string> => {
        const row = await tx.first<{ id: string }>(sql, values);
        if (row === null) throw new Error(`the world lacks ${values.join(' ')}`);
        return row.id;
      };
      for (const name of BRANDS) this.ids.brands.push(await idOf('SELECT id FROM brands WHERE name = ?', [name]));
      for (const { names } of CATEGORIES) {
        this.ids.categories.push(await idOf('SELECT id FROM categories WHERE name = ?', [names.at(-1) ?? '']));
      }
      for (const index of PRODUCTS.keys()) {
        this.ids.products.push(await idOf('SELECT id FROM products WHERE handle = ?', [`p-${index}`]));
      }
      for (const [index, { product }] of SKUS.entries()) {
        const productId = this.ids.products[product] ?? '';
        const sql = 'SELECT id FROM skus WHERE productId = ? AND optionKey LIKE ?';
        this.ids.skus.push(await idOf(sql, [productId, `%款${index}%`]));
      }
    });
  }

  private async invitePeople(): Promise<void> {
    const place = { province: '上海市', city: '上海市', district: '静安区', detail: '南京西路 1 号' };
    const input = { recipient: '林小雨', phone: '13800138000', ...place, isDefault: true };
    for (let person = 0; person < PEOPLE; person += 1) {
      const { memberId } = await this.get(SignInWithWechat).execute(`model-${person}`);
      const address = await this.get(UnitOfWork).run((tx) => this.get(Addresses).add(tx, memberId, input));
      this.ids.people.push({ memberId, addressId: address.id });
    }
  }

  private async startCampaigns(): Promise<void> {
    for (const [index, terms] of CAMPAIGNS.entries()) {
      const { trigger, thresholdFen, discountFen, rateBps, product, validDays } = terms;
      const amount =
        rateBps === null
          ? { kind: 'amount_off' as const, discountFen: discountFen ?? 0 }
          : { kind: 'percent_off' as const, rateBps };
      const scope =
        product === null ? {} : { scope: { kind: 'product' as const, id: this.ids.products[product] ?? '' } };
      const coupon = { name: `券${index}`, thresholdFen, validDays, ...amount, ...scope };
      const campaign = { name: `活动${index}`, trigger, holdoutBps: 0, coupon };
      const id = await this.get(CreateCampaignService).execute(HQ_NAME, campaign);
      this.ids.campaigns.push(id);
    }
  }

  private async remember(): Promise<void> {
    this.first = { guides: new Map(this.guides), links: new Map(this.links) };
    const source = this.mall.app.get<DataSource>(WRITE_SOURCE, { strict: false });
    for (const meta of childrenFirst(source.entityMetadatas)) {
      if (LASTING.has(meta.tableName)) continue;
      const rows = (await source.query(`SELECT * FROM ${meta.tableName}`)) as Row[];
      this.snapshot.push({ meta, rows: rows.map((row) => ({ ...row })) });
    }
  }
}

/** Rows are deleted before those that they point to. */
function childrenFirst(metas: readonly EntityMetadata[]): EntityMetadata[] {
  const depth = (meta: EntityMetadata): number =>
    Math.max(
      0,
      ...meta.foreignKeys.map(({ referencedEntityMetadata: parent }) => (parent === meta ? 0 : depth(parent) + 1)),
    );
  return [...metas].sort((a, b) => depth(b) - depth(a));
}

function emptyIds(): WorldIds {
  return { stores: [], brands: [], categories: [], products: [], skus: [], campaigns: [], rates: [], people: [] };
}
