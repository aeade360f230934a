import { Injectable } from '@nestjs/common';
import { Guides, InviteGuide } from '../../distribution/guides/guides.public.js';
import { OpenStore, Stores } from '../../distribution/stores/stores.public.js';
import { Database } from '../../platform/database/database.js';
import { DemoEntrance } from './demo-entrance.js';
import { DEMO_GUIDES, DEMO_STORES, type DemoGuide } from './demo-people.js';
import { EmulatorPhone } from './emulator-phone.js';

export const DEMO_ACTOR = { id: 'demo', name: '演示数据' };

/** Opens the demo's stores and makes its guides the way real ones come: sign in, join, accept HQ's invitation. */
@Injectable()
export class SeedDemoPeople {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
    private readonly openStore: OpenStore,
    private readonly guides: Guides,
    private readonly invite: InviteGuide,
    private readonly joinAs: DemoEntrance,
  ) {}

  /** Safe to repeat: what is there is left alone. */
  async execute(emulatorUrl: string): Promise<void> {
    const known = new Map((await this.stores.all(this.database)).map(({ code, id }) => [code, id]));
    for (const store of DEMO_STORES) {
      if (!known.has(store.code)) known.set(store.code, (await this.openStore.execute(DEMO_ACTOR, store)).id);
    }
    for (const guide of DEMO_GUIDES) await this.makeGuide(emulatorUrl, guide, known.get(guide.storeCode) ?? '');
  }

  private async makeGuide(emulatorUrl: string, guide: DemoGuide, storeId: string): Promise<void> {
    const memberId = await this.joinAs.member(new EmulatorPhone(emulatorUrl, guide.persona), guide.name);
    if ((await this.guides.byMember(this.database, memberId)) !== null) return;
    const { code } = await this.invite.execute(DEMO_ACTOR, { storeId, guideName: guide.name, tier: guide.tier });
    await this.joinAs.accept(memberId, code);
  }
}
