import { Injectable } from '@nestjs/common';
import { Guides } from '../../distribution/guides/guides.public.js';
import { OpenStore, Stores } from '../../distribution/stores/stores.public.js';
import { ConnectGuide } from '../../distribution/wecom/wecom.public.js';
import { Database } from '../../platform/database/database.js';
import { DEMO_ACTOR, DemoEntrance } from './demo-entrance.js';
import { DEMO_GUIDES, DEMO_STORES, type DemoGuide } from './demo-people.js';
import { EmulatorPhone } from './emulator-phone.js';

/** Opens the demo's stores and makes its guides the way real ones come: sign in, join, accept HQ's invitation. */
@Injectable()
export class SeedDemoPeople {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
    private readonly openStore: OpenStore,
    private readonly guides: Guides,
    private readonly connect: ConnectGuide,
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
    await this.joinAs.guide(memberId, { storeId, guideName: guide.name, tier: guide.tier });
    const made = await this.guides.byMember(this.database, memberId);
    // §10: the emulator's WeCom takes every user id. A shop without WeCom asks nobody for it.
    if (made !== null) await this.connect.execute(DEMO_ACTOR, made.id, guide.persona);
  }
}
