import jsqr from 'jsqr';
import { PNG } from 'pngjs';

type Scan = typeof jsqr.default;

/** The package is CommonJS whose one export is the function itself, though its types speak of a default. */
const scan = jsqr as unknown as Scan;

/** What a scanner reads in a PNG; undefined when it finds no code. */
export function scanPng(image: Buffer): { text: string | undefined; width: number; height: number } {
  const { data, width, height } = PNG.sync.read(image);
  return { text: scan(new Uint8ClampedArray(data), width, height)?.data, width, height };
}
