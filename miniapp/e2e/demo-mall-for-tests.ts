import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SeedDemoShop } from '../../server/src/demo/shop/demo-shop.public.js';
import { type Overrides, startTestMall, type TestMall } from '../../server/test/support/test-mall.js';
import { withWecom } from '../../server/test/support/wecom-of-emulator.js';

const ROOT = process.cwd();
const GOODS = join(ROOT, 'server', 'src', 'demo', 'goods');

/** Painting sixty products takes half a minute: what the same sources have painted before is kept under var/. */
function mediaFolder(): string {
  const sources = createHash('sha256');
  for (const file of readdirSync(GOODS).sort()) sources.update(readFileSync(join(GOODS, file)));
  const kept = join(ROOT, 'var', 'browser-media');
  const folder = join(kept, sources.digest('hex').slice(0, 12));
  if (!existsSync(folder)) rmSync(kept, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** DevTools send requests where the build says: the mall has to be there. The weapp host sends them on to any port. */
function portOfBuild(): number | undefined {
  if (!process.env.WEAPP_CLI) return undefined;
  return Number(new URL(process.env.MALL_API_BASE ?? 'http://127.0.0.1:3000').port || 80);
}

/** The demo shop as `npm start` fills it, on free ports. */
export async function startFilledMall(overrides: Record<string, string> = {}): Promise<TestMall> {
  const variables: Overrides = (running, apiUrl) => ({
    ...withWecom(running, apiUrl),
    DEMO_SHOP: '1',
    MEDIA_DIR: mediaFolder(),
    ...overrides,
  });
  const mall = await startTestMall('sqlite', variables, undefined, undefined, portOfBuild());
  try {
    await mall.app.get(SeedDemoShop).execute();
  } catch (error) {
    await mall.close();
    throw error;
  }
  return mall;
}

/** The same with the built H5 mall in front. */
export async function startDemoMall(): Promise<TestMall> {
  const h5 = process.env.H5_DIST_DIR ?? join(ROOT, 'miniapp', 'dist', 'h5');
  if (!existsSync(join(h5, 'index.html'))) {
    throw new Error('miniapp/dist/h5 is not built: run npm test, or npm run build:h5 before jest');
  }
  return startFilledMall({ H5_DIST_DIR: h5 });
}
