import type { Address } from '../project/paths.js';
import { type PageLife, type Routed, Router } from './router.js';

class Diary implements PageLife<Routed> {
  readonly lines: string[] = [];
  private made = 0;

  make({ path, query }: Address): Routed {
    this.made += 1;
    return { id: this.made, path, query };
  }
  async open({ path }: Routed): Promise<void> {
    this.lines.push(`${path}.onLoad`, `${path}.onShow`);
  }
  hide = ({ path }: Routed) => this.lines.push(`${path}.onHide`);
  show = ({ path }: Routed) => this.lines.push(`${path}.onShow`);
  close = ({ path }: Routed) => this.lines.push(`${path}.onUnload`);
  raise = () => undefined;
}

/** As in WeChat's document on the tab bar: A and B are tabs, C is opened from A, D from C. */
function start() {
  const life = new Diary();
  const router = new Router({ pages: ['A', 'B', 'C', 'D'], tabs: ['A', 'B'], life });
  return { life, router };
}

async function after(router: Router<Routed>, life: Diary, last: () => Promise<void>): Promise<string[]> {
  await router.settled();
  life.lines.length = 0;
  await last();
  return life.lines;
}

describe("the page stack (WeChat's document on routes and life cycles)", () => {
  it.each<[string, string[], string, string[]]>([
    ['A → A', ['A'], 'A', []],
    ['A → B', ['A'], 'B', ['A.onHide', 'B.onLoad', 'B.onShow']],
    ['A → B (opened before)', ['A', 'B', 'A'], 'B', ['A.onHide', 'B.onShow']],
    ['C → A', ['A', 'C'], 'A', ['C.onUnload', 'A.onShow']],
    ['C → B', ['A', 'C'], 'B', ['C.onUnload', 'B.onLoad', 'B.onShow']],
    ['D → A', ['A', 'C', 'D'], 'A', ['D.onUnload', 'C.onUnload', 'A.onShow']],
    ['D (from a card) → A', ['D!'], 'A', ['D.onUnload', 'A.onLoad', 'A.onShow']],
    ['D (from a card) → B', ['D!'], 'B', ['D.onUnload', 'B.onLoad', 'B.onShow']],
  ])('switches tabs: %s', async (_name, way, tab, lines) => {
    const { life, router } = start();
    for (const step of way) {
      if (step.endsWith('!')) await router.reLaunch(`/${step.slice(0, -1)}`);
      else if (router.isTab(step)) await (router.top ? router.switchTab(`/${step}`) : router.reLaunch(`/${step}`));
      else await router.navigateTo(`/${step}`);
    }
    expect(await after(router, life, () => router.switchTab(`/${tab}`))).toEqual(lines);
    expect(router.stack.map(({ path }) => path)).toEqual([tab]);
  });

  it('hides the page below, closes what is replaced and shows what comes to light', async () => {
    const { life, router } = start();
    await router.reLaunch('/A');
    expect(await after(router, life, () => router.navigateTo('/C'))).toEqual(['A.onHide', 'C.onLoad', 'C.onShow']);
    expect(await after(router, life, () => router.redirectTo('/D'))).toEqual(['C.onUnload', 'D.onLoad', 'D.onShow']);
    expect(await after(router, life, () => router.navigateBack())).toEqual(['D.onUnload', 'A.onShow']);
  });

  it('goes back over several pages and stops at the first', async () => {
    const { life, router } = start();
    await router.reLaunch('/A');
    await router.navigateTo('/C');
    await router.navigateTo('/D');
    const lines = await after(router, life, () => router.navigateBack(99));
    expect(lines).toEqual(['D.onUnload', 'C.onUnload', 'A.onShow']);
    await expect(router.navigateBack()).rejects.toThrow('cannot navigate back at first page');
  });

  it('closes all pages on reLaunch, hidden tabs too', async () => {
    const { life, router } = start();
    await router.reLaunch('/A');
    await router.switchTab('/B');
    await router.navigateTo('/C');
    const lines = await after(router, life, () => router.reLaunch('/D'));
    expect(lines).toEqual(['C.onUnload', 'B.onUnload', 'A.onUnload', 'D.onLoad', 'D.onShow']);
    expect(router.all()).toHaveLength(1);
  });

  it('refuses the eleventh page, a tab by navigateTo, a page by switchTab, and an unknown page', async () => {
    const { router } = start();
    await router.reLaunch('/A');
    for (let opened = 1; opened < 10; opened += 1) await router.navigateTo('/C');
    await expect(router.navigateTo('/C')).rejects.toThrow('webview count limit exceed');
    expect(router.stack).toHaveLength(10);
    await expect(router.navigateTo('/B')).rejects.toThrow('can not navigateTo a tabbar page');
    await expect(router.redirectTo('/B')).rejects.toThrow('can not redirectTo a tabbar page');
    await expect(router.switchTab('/C')).rejects.toThrow('can not switch to no-tabBar page');
    await expect(router.reLaunch('/X?y=1')).rejects.toThrow('page "X" is not found');
  });

  it('lets calls wait for each other, and a refused one breaks nothing', async () => {
    const { life, router } = start();
    const calls = [
      router.reLaunch('/A'),
      router.navigateTo('/X'),
      router.navigateTo('/C?n=%31'),
      router.navigateTo('D'),
    ];
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(router.stack.map(({ path, query }) => [path, query])).toEqual([
      ['A', {}],
      ['C', { n: '%31' }],
      ['D', {}],
    ]);
    expect(life.lines.at(-1)).toBe('D.onShow');
  });
});
