import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type automator from 'miniprogram-automator';

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>;

declare const wx: { recordedSites?: { report(): { touched: string[]; seen: string[] } } };

/**
 * When `npm run e2e:mutate` has made the build note what is used (handlers, bindings, pages, requests), asks the
 * mini-program for it before the phone goes away and writes it down for the test file that runs.
 */
export async function writeDownSites(mini: MiniProgram): Promise<void> {
  const folder = process.env.WEAPP_SITES_DIR;
  if (folder === undefined) return;
  const report = await mini.evaluate(() => wx.recordedSites?.report() ?? null);
  if (report === null) return;
  const { testPath } = expect.getState();
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify({ testPath, ...(report as object) }));
}
