import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { Injectable } from '@nestjs/common';

const LATIN = 'poster-latin';
const PACKAGE = '@fontsource-variable/noto-sans-sc';

interface Slice {
  readonly family: string;
  readonly file: string;
  readonly ranges: readonly (readonly [number, number])[];
  loaded: boolean;
}

function packageFolder(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  // Beside the program as well: a service may be started from any folder.
  const paths = [process.cwd(), dirname(process.argv[1] ?? process.cwd())];
  return dirname(require.resolve(`${PACKAGE}/package.json`, { paths }));
}

/** `U+4e00-4e02,U+4e0a` */
function readRanges(text: string): [number, number][] {
  return text.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}

/**
 * Noto Sans SC, all weights, in a hundred slices by character. Loading all takes 150 ms and 60 MB, and a text needs
 * about ten, so each is loaded when first needed. A family a slice: the canvas then finds each letter by the list.
 */
@Injectable()
export class PosterFonts {
  private slices: Slice[] | null = null;

  covers(codePoint: number): boolean {
    return this.sliceOf(codePoint) !== undefined;
  }

  /** The families to draw the text with, loaded. */
  familiesFor(text: string): string {
    const needed = new Set<Slice>();
    for (const character of text) {
      const slice = this.sliceOf(character.codePointAt(0) ?? 0);
      if (slice) needed.add(slice);
    }
    for (const slice of needed) this.load(slice);
    // Latin first, whatever the text begins with: slices hold a few common marks beside their own letters.
    return [...needed]
      .sort((one, other) => Number(other.family === LATIN) - Number(one.family === LATIN))
      .map(({ family }) => `"${family}"`)
      .join(', ');
  }

  private load(slice: Slice): void {
    if (slice.loaded) return;
    if (GlobalFonts.registerFromPath(slice.file, slice.family) === null) {
      throw new Error(`the poster font cannot be read: ${slice.family}`);
    }
    slice.loaded = true;
  }

  private sliceOf(codePoint: number): Slice | undefined {
    this.slices ??= readSlices();
    return this.slices.find(({ ranges }) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to));
  }
}

function readSlices(): Slice[] {
  const folder = packageFolder();
  const table = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  const slices = Object.entries(table).map(([key, ranges]): Slice => {
    const name = key.replace(/[[\]]/g, '');
    const file = join(folder, 'files', `noto-sans-sc-${name}-wght-normal.woff2`);
    return { family: `poster-${name}`, file, ranges: readRanges(ranges), loaded: false };
  });
  // Latin first: a dozen slices of symbols would otherwise be asked for every digit.
  return slices.reverse();
}
