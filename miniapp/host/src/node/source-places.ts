import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';

const PLACE = /^(.+):(\d+):(\d+)$/;

/** Where in the sources a place of the build comes from, when the build has source maps beside its scripts. */
export class SourcePlaces {
  private readonly maps = new Map<string, SourceMap | null>();

  constructor(private readonly root: string) {}

  /** `dist.js:1:2345` → `src/page.tsx:12:3 (dist.js:1:2345)`; what has no map stays as it is. */
  placeOf(place: string | null): string | null {
    const [, file, line, column] = PLACE.exec(place ?? '') ?? [];
    if (place === null || file === undefined) return place;
    const found = this.mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (found === undefined || !('originalSource' in found)) return place;
    return `${found.originalSource}:${found.originalLine + 1}:${found.originalColumn + 1} (${place})`;
  }

  private mapOf(file: string): SourceMap | null {
    const known = this.maps.get(file);
    if (known !== undefined) return known;
    const path = join(this.root, `${file}.map`);
    const map = existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : null;
    this.maps.set(file, map);
    return map;
  }
}
