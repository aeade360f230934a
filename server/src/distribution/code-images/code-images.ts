import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SharedCalls } from '../../platform/calls/shared-calls.js';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newCode } from '../../platform/ids/ids.js';
import { WechatCodeClient } from '../../wechat/wechat.public.js';

export interface CodeImageRequest {
  /** What the code holds: a short code of ours, never anything personal. */
  scene: string;
  /** Without leading slash: a page of the released version. */
  page: string;
  /** Pixels, 280 to 1280; absent: 430. */
  width?: number;
}

const PNG_MAGIC = 0x89;
const DAILY_QUOTA = 45009;
/** A full daily quota is asked about every ten minutes, that of a minute after a minute. */
const REST_MS = { day: 10 * MINUTE_MS, minute: MINUTE_MS } as const;

/** WeChat answers JPEG or PNG as it likes. */
export function imageTypeOf(image: Buffer): 'image/png' | 'image/jpeg' {
  return image[0] === PNG_MAGIC ? 'image/png' : 'image/jpeg';
}

/**
 * Mini-program code images. WeChat makes each once (it is permanent); afterwards it comes from the media folder. Files
 * are as many as codes, and only guides and HQ make codes. When WeChat is down or its quota is used up the code itself
 * is good all the same: its image is made whenever somebody asks for it again.
 */
@Injectable()
export class CodeImages {
  private readonly logger = new Logger(CodeImages.name);
  private readonly calls = new SharedCalls<Buffer>();
  private readonly folder: string;
  private restUntil = 0;

  constructor(
    @Inject(ENVIRONMENT) environment: Pick<Environment, 'mediaDirectory'>,
    private readonly wechat: WechatCodeClient,
    private readonly clock: WallClock,
  ) {
    this.folder = join(environment.mediaDirectory, 'codes');
  }

  /** PNG or JPEG bytes. Throws 503 with `retryAfterSeconds` while WeChat makes none. */
  async read(request: CodeImageRequest): Promise<Buffer> {
    const name = nameOf(request);
    // One call to WeChat, however many ask at once.
    return this.calls.run(name, async () => {
      const kept = await readFile(join(this.folder, name)).catch(() => null);
      return kept ?? this.make(request, name);
    });
  }

  private async make(request: CodeImageRequest, name: string): Promise<Buffer> {
    if (this.clock.now() < this.restUntil) throw this.later();
    const answer = await this.wechat.unlimitedCode(request);
    if (answer.outcome !== 'ok') {
      const { outcome, reason } = answer;
      const code = outcome === 'refused' ? answer.code : answer.errcode;
      this.logger.warn({ message: 'WeChat made no code image', outcome, reason, code });
      if (outcome === 'unknown' && answer.errcode !== undefined && answer.errcode > 0) {
        // A call that a quota refuses counts against it as well: nobody asks until there is hope.
        this.restUntil = this.clock.now() + (answer.errcode === DAILY_QUOTA ? REST_MS.day : REST_MS.minute);
      }
      throw this.later();
    }
    await this.keep(name, answer.value);
    return answer.value;
  }

  private later(): ProblemError {
    const restMs = this.restUntil - this.clock.now();
    return new ProblemError(ProblemType.DependencyUnavailable, {
      detail: '小程序码暂时无法生成，请稍后再试',
      retryAfterSeconds: restMs > 0 ? Math.ceil(restMs / 1000) : 5,
    });
  }

  private async keep(name: string, image: Buffer): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
      // Written aside and renamed: a reader never sees half an image.
      const aside = join(this.folder, `${name}.${newCode(8)}.part`);
      await writeFile(aside, image);
      await rename(aside, join(this.folder, name));
    } catch (error) {
      // The image itself is good: a full disk costs another call next time, nothing else.
      this.logger.warn({ message: 'a code image could not be kept', error });
    }
  }
}

function nameOf({ scene, width }: CodeImageRequest): string {
  return width === undefined ? `${scene}.png` : `${scene}-${width}.png`;
}
