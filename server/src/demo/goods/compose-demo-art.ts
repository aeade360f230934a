import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { newCode } from '../../platform/ids/ids.js';
import { demoImageUrl } from './demo-image-url.js';
import type { DemoProduct } from './demo-product.js';
import { DEMO_PRODUCTS } from './demo-products.js';
import { DEMO_TINTS, PLAIN_TINT } from './demo-tints.js';
import { StillLifePainter } from './draw-still-life.js';

const AT_ONCE = 2;

/** Folder of the objects: a development package, present wherever a demo shop is. */
function artFolder(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  return join(dirname(require.resolve('@lobehub/fluent-emoji-3d/package.json')), 'assets');
}

/**
 * Written beside and renamed: an interrupted start leaves no half picture under the final name. Beside under a name of
 * its own: two malls may share the folder.
 */
async function keep(file: string, content: Buffer): Promise<void> {
  const aside = `${file}.${newCode(8)}.part`;
  await writeFile(aside, content);
  await rename(aside, file);
}

/**
 * Composes the demo shop's pictures into `<mediaDirectory>/demo`: 4:5 for a product's page, 1:1 for lists. Those that
 * are there already are left alone. Returns how many products got pictures.
 */
export async function composeDemoArt(mediaDirectory: string): Promise<number> {
  const folder = join(mediaDirectory, 'demo');
  const fileOf = ({ handle }: DemoProduct, kind: 'hero' | 'card'): string =>
    join(folder, basename(demoImageUrl(handle, kind)));
  const missing = DEMO_PRODUCTS.filter(
    (product) => !existsSync(fileOf(product, 'hero')) || !existsSync(fileOf(product, 'card')),
  );
  if (missing.length === 0) return 0;
  await mkdir(folder, { recursive: true });
  // Loaded here, so that a real shop never loads it.
  const { default: sharp } = await import('sharp');
  const painter = new StillLifePainter(sharp, artFolder());
  const queue = [...missing];
  const work = async (): Promise<void> => {
    for (let product = queue.shift(); product !== undefined; product = queue.shift()) {
      const tint = DEMO_TINTS[product.category[0]] ?? PLAIN_TINT;
      const { hero, card } = await painter.paint({ tint, art: product.art, hue: product.hue ?? 0 });
      await keep(fileOf(product, 'hero'), hero);
      await keep(fileOf(product, 'card'), card);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return missing.length;
}
