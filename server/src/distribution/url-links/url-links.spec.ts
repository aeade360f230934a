import { UrlLinks } from './url-links.js';

describe('URL links for many askers', () => {
  it('asks WeChat once, also when a look into the database that began before is answered after', async () => {
    const looks: ((row: null) => void)[] = [];
    let made = 0;
    const links = new UrlLinks(
      { urlLink: async () => ({ outcome: 'ok', value: `https://wxaurl.cn/${++made}` }) } as never,
      { run: (work: (tx: unknown) => unknown) => work({ insertOnce: async () => true }) } as never,
      { first: () => new Promise((resolve) => looks.push(resolve)) } as never,
      { now: () => 0 } as never,
    );
    const wish = { ownerId: 'chc_1', page: 'pages/home/index', query: 's=1', days: 7 };
    const asked = [links.obtain(wish), links.obtain(wish)];
    looks[0]?.(null);
    const first = await asked[0];
    looks[1]?.(null);
    expect([await asked[1], made]).toEqual([first, 1]);
  });
});
