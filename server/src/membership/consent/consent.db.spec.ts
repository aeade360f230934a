import type { GuideCustomer } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import type { ConsentView, MyConsents } from '@mall/shared/privacy';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Consents, POLICY_VERSION, PolicyBook } from './consent.public.js';
import type { Policy } from './policies.js';

/** A text whose wording of one purpose is newer than what anybody agreed to. */
class NextPolicy extends PolicyBook {
  override get versions(): readonly Policy[] {
    const { current } = new PolicyBook();
    const purposes = current.purposes.map((one) =>
      one.purpose === 'guide_service' ? { ...one, since: '2027-01-01' } : one,
    );
    return [...new PolicyBook().versions, { ...current, version: '2027-01-01', purposes }];
  }
}

describe.each(ENGINES)('consents (§8) [%s]', (engine) => {
  let app: PeopleApp;
  let guide: { token: string; id: string };
  let member: { token: string; me: { id: string } };
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    const hq = await app.hqToken();
    guide = await app.guide(hq, await app.openStore(hq, 'SH-P'), '陈静', '13900000001');
    const visitor = await app.signIn('privy');
    await app.touch(visitor.token, await app.shareCode(guide.token));
    member = await app.join('privy', '13800138011');
  }, OPENING_MS);
  afterAll(() => app.close());

  const say = (act: string, purpose = 'guide_service', policyVersion = POLICY_VERSION) =>
    app.call<MyConsents & { type?: string }>('POST', '/me/consents', {
      token: member.token,
      body: { purpose, act, policyVersion },
    });
  const seen = async (): Promise<GuideCustomer | undefined> =>
    (await app.call<Page<GuideCustomer>>('GET', '/guide/customers', { token: guide.token })).body.items[0];
  const service = ({ consents }: MyConsents): ConsentView | undefined =>
    consents.find(({ purpose }) => purpose === 'guide_service');

  it('withdrawing acts at once: the guide sees neither name nor tail and may not write; agreeing brings it back', async () => {
    expect(await seen()).toMatchObject({ nicknameMasked: '王**', phoneTail: '8011', mayContact: true });
    expect(service((await say('withdraw')).body)).toMatchObject({ state: 'withdrawn' });
    expect(await seen()).toMatchObject({ nicknameMasked: '顾客', phoneTail: null, mayContact: false });
    expect(service((await say('grant')).body)).toMatchObject({ state: 'granted', policyVersion: POLICY_VERSION });
    expect(await seen()).toMatchObject({ phoneTail: '8011', mayContact: true });
  });

  it('saying twice what holds already is recorded once', async () => {
    const before = await app.count('consents', 'memberId = ?', [member.me.id]);
    await say('grant');
    expect(await app.count('consents', 'memberId = ?', [member.me.id])).toBe(before);
  });

  it('refuses a version that is not in force, and withdrawing what the account rests on', async () => {
    expect((await say('grant', 'guide_service', '2026-11-01')).body.type).toBe('/problems/consent-missing');
    expect((await say('withdraw', 'membership')).body.type).toBe('/problems/validation-failed');
  });

  it('a consent to an older wording covers nothing, and she is to be asked again', async () => {
    const later = new Consents({ now: () => 1 } as never, new NextPolicy());
    expect(await later.holds(app.database, 'guide_service', member.me.id)).toBe(false);
    expect(await later.holds(app.database, 'membership', member.me.id)).toBe(true);
    expect((await later.standings(app.database, member.me.id)).get('guide_service')?.state).toBe('outdated');
  });

  it('serves each version of the text to anybody, and no other', async () => {
    const old = await app.call<{ version: string; current: string }>('GET', '/privacy/policy?version=2026-11-01');
    expect(old.body).toMatchObject({ version: '2026-11-01', current: POLICY_VERSION });
    expect((await app.call('GET', '/privacy/policy?version=2020-01-01')).status).toBe(404);
  });
});
