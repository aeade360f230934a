/** Draws the tab bar's icons (81 px, as WeChat wants them) from the paths below into src/assets/tab. Run by hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const strokes = {
  home: 'M6 17 L20 6 L34 17 M9.5 15 V32 H30.5 V15 M16.5 32 V23.5 H23.5 V32',
  category:
    'M7 7 H17.5 V17.5 H7 Z M22.5 7 H33 V17.5 H22.5 Z M7 22.5 H17.5 V33 H7 Z M27.75 22.2 A5.5 5.5 0 1 1 27.74 22.2 Z',
  cart: 'M9 13.5 H31 L33 33 H7 Z M14.5 17 V11.5 A5.5 5.5 0 0 1 25.5 11.5 V17',
  me: 'M20 6.5 A6.5 6.5 0 1 1 19.99 6.5 Z M7 33.5 C7 26 12 22.5 20 22.5 C28 22.5 33 26 33 33.5 Z',
};
const states = [
  { suffix: '', red: 0x6b, green: 0x63, blue: 0x5a, filled: 0 },
  { suffix: '-on', red: 0xc8, green: 0x47, blue: 0x1f, filled: 0.14 },
];
const SIZE = 81;
/** One colour in sixteen strengths is all that an icon needs: a quarter of the bytes of a screenshot. */
const STRENGTHS = 16;
const target = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/assets/tab');

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** @param {number[]} alphas 0 to 255, row by row @returns {Buffer} a PNG with a palette of one colour */
function pngOf(alphas, { red, green, blue }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([4, 3, 0, 0, 0], 8);
  const strengths = Array.from({ length: STRENGTHS }, (_, index) => index);
  const width = Math.ceil(SIZE / 2);
  const rows = Buffer.alloc((width + 1) * SIZE);
  for (const [index, alpha] of alphas.entries()) {
    const x = index % SIZE;
    const at = Math.floor(index / SIZE) * (width + 1) + 1 + (x >> 1);
    rows[at] |= Math.round((alpha / 255) * (STRENGTHS - 1)) << (x % 2 === 0 ? 4 : 0);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(strengths.flatMap(() => [red, green, blue]))),
    chunk('tRNS', Buffer.from(strengths.map((strength) => strength * 17))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});
await mkdir(target, { recursive: true });
const page = await browser.newPage();
for (const [name, shape] of Object.entries(strokes)) {
  for (const { suffix, filled, ...colour } of states) {
    const alphas = await page.evaluate(
      ({ shape, filled, size }) => {
        const canvas = new OffscreenCanvas(size, size);
        const pen = canvas.getContext('2d');
        pen.scale(size / 40, size / 40);
        pen.lineWidth = 2.4;
        pen.lineJoin = 'round';
        pen.lineCap = 'round';
        const outline = new Path2D(shape);
        pen.fillStyle = `rgba(0, 0, 0, ${filled})`;
        pen.fill(outline);
        pen.stroke(outline);
        return [...pen.getImageData(0, 0, size, size).data].filter((_, index) => index % 4 === 3);
      },
      { shape, filled, size: SIZE },
    );
    await writeFile(path.join(target, `${name}${suffix}.png`), pngOf(alphas, colour));
  }
}
await browser.close();
