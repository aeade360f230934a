import { createHash } from 'node:crypto';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { SharedCalls } from '../../platform/calls/shared-calls.js';
import { ProblemError } from '../../platform/http/problem.js';
import { TEMPLATE } from './draw-poster.js';
import type { PosterContent } from './poster-content.js';
import { PosterFiles } from './poster-files.js';
import { ProductPictures } from './product-pictures.js';
import { RenderPoster } from './render-poster.js';
import { TakeTurns } from './take-turns.js';

/** Each uses two threads of libvips and some 40 MB; the event loop keeps room for everybody else. */
const AT_ONCE = 2;
/** At 100 ms each the last one waits two seconds. */
const MOST_WAITING = 40;

export interface Poster {
  image: Buffer;
  /** Names what is on it. */
  key: string;
}

/** Posters, each drawn once however many ask, then from disk until something on it changes. */
@Injectable()
export class Posters {
  private readonly calls = new SharedCalls<Buffer>();
  private readonly turns = new TakeTurns(AT_ONCE, MOST_WAITING);

  constructor(
    private readonly renderer: RenderPoster,
    private readonly files: PosterFiles,
    private readonly pictures: ProductPictures,
  ) {}

  /** Throws 503 while too many are being drawn. */
  async obtain(content: PosterContent, pictureUrl: string | null, code: Buffer): Promise<Poster> {
    const picture = await this.pictures.find(pictureUrl);
    const named = JSON.stringify([TEMPLATE, content, picture?.revision ?? null]);
    const key = createHash('sha256').update(named).update(code).digest('hex').slice(0, 40);
    const image = await this.calls.run(key, async () => {
      const kept = await this.files.find(key);
      return kept ?? this.draw(key, content, async () => (await picture?.read()) ?? null, code);
    });
    return { image, key };
  }

  private async draw(
    key: string,
    content: PosterContent,
    readPicture: () => Promise<Buffer | null>,
    code: Buffer,
  ): Promise<Buffer> {
    const image = await this.turns.run(async () => this.renderer.execute(content, await readPicture(), code));
    if (image === null) {
      const detail = '正在生成的海报有点多，请稍后再试';
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail, retryAfterSeconds: 3 });
    }
    await this.files.keep(key, image);
    return image;
  }
}
