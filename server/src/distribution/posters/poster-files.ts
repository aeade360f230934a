import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { newCode } from '../../platform/ids/ids.js';

/** 2,000 posters are some 350 MB. Beyond, the ones asked for longest ago go; they are made again in a moment. */
const MOST_FILES = 2000;
const KEPT_FILES = 1600;
const DAY_MS = 86_400_000;

/** Posters made before, by the hash of what is on them. */
@Injectable()
export class PosterFiles {
  private readonly logger = new Logger(PosterFiles.name);
  private readonly folder: string;
  private written = 0;

  constructor(
    @Inject(ENVIRONMENT) environment: Pick<Environment, 'mediaDirectory'>,
    private readonly clock: WallClock,
  ) {
    this.folder = join(environment.mediaDirectory, 'posters');
  }

  async find(key: string): Promise<Buffer | null> {
    const file = this.fileOf(key);
    const image = await readFile(file).catch(() => null);
    if (image !== null) await this.touch(file);
    return image;
  }

  /** A full disk costs drawing it again, nothing else. */
  async keep(key: string, image: Buffer): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
      const aside = join(this.folder, `${key}.${newCode(8)}.part`);
      await writeFile(aside, image);
      await rename(aside, this.fileOf(key));
      // Counted now and then, the first time soon after a start.
      if (this.written % 100 === 0) await this.prune(MOST_FILES, KEPT_FILES);
      this.written += 1;
    } catch (error) {
      this.logger.warn({ message: 'a poster could not be kept', error });
    }
  }

  /** When there are more than `most`, all but the `kept` that were asked for last are removed. */
  async prune(most: number, kept: number): Promise<void> {
    const names = await readdir(this.folder);
    if (names.length <= most) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(this.folder, name);
        return { file, at: (await stat(file).catch(() => null))?.mtimeMs ?? 0 };
      }),
    );
    files.sort((one, other) => other.at - one.at);
    for (const { file } of files.slice(kept)) await rm(file, { force: true });
  }

  /** Once a day is enough to know which are still asked for. */
  private async touch(file: string): Promise<void> {
    const now = this.clock.now();
    const found = await stat(file).catch(() => null);
    if (found !== null && now - found.mtimeMs > DAY_MS) await utimes(file, now / 1000, now / 1000).catch(() => {});
  }

  private fileOf(key: string): string {
    return join(this.folder, `${key}.jpg`);
  }
}
