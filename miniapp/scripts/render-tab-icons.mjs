/** Draws the tab bar's icons (81 px, as WeChat wants them) from the paths below into src/assets/tab. Run by hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const strokes = {
  home: 'M6 17 L20 6 L34 17 M9.5 15 V32 H30.5 V15 M16.5 32 V23.5 H23.5 V32',
  category:
    'M7 7 H17.5 V17.5 H7 Z M22.5 7 H33 V17.5 H22.5 Z M7 22.5 H17.5 V33 H7 Z M27.75 22.2 A5.5 5.5 0 1 1 27.74 22.2 Z',
  cart: 'M9 13.5 H31 L33 33 H7 Z M14.5 17 V11.5 A5.5 5.5 0 0 1 25.5 11.5 V17',
  me: 'M20 6.5 A6.5 6.5 0 1 1 19.99 6.5 Z M7 33.5 C7 26 12 22.5 20 22.5 C28 22.5 33 26 33 33.5 Z',
};
const states = [
  { suffix: '', stroke: '#6B635A', fill: 'none' },
  { suffix: '-on', stroke: '#C8471F', fill: 'rgba(200,71,31,0.14)' },
];
const target = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/assets/tab');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});
await mkdir(target, { recursive: true });
const page = await browser.newPage({ viewport: { width: 81, height: 81 } });
for (const [name, d] of Object.entries(strokes)) {
  for (const { suffix, stroke, fill } of states) {
    const style = `fill="${fill}" stroke="${stroke}" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"`;
    await page.setContent(
      `<style>*{margin:0}</style><svg width="81" height="81" viewBox="0 0 40 40"><path d="${d}" ${style}/></svg>`,
    );
    await writeFile(path.join(target, `${name}${suffix}.png`), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
