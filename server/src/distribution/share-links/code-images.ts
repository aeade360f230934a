import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { Database } from '../../platform/database/database.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { WechatCodeClient } from '../../wechat/wechat.public.js';
import type { ShareLinkEntity } from './share-link.entity.js';
import { ShareLinks, targetPage } from './share-links.js';

/**
 * Mini-program code images. WeChat makes each once (it is permanent); afterwards it comes from the media folder. Files
 * are as many as links, and only guides make links.
 */
@Injectable()
export class CodeImages {
  private readonly logger = new Logger(CodeImages.name);
  private readonly underWay = new Map<string, Promise<Buffer>>();
  private readonly folder: string;

  constructor(
    @Inject(ENVIRONMENT) environment: Pick<Environment, 'mediaDirectory'>,
    private readonly wechat: WechatCodeClient,
    private readonly links: ShareLinks,
    private readonly database: Database,
  ) {
    this.folder = join(environment.mediaDirectory, 'codes');
  }

  /** PNG or JPEG bytes. Throws 404 for a code that no link has or whose link is revoked, 503 without WeChat. */
  async read(code: string): Promise<Buffer> {
    const link = await this.links.byCode(this.database, code);
    if (link === null || link.revokedAt !== null) throw notFound();
    const kept = await readFile(this.fileOf(link)).catch(() => null);
    if (kept !== null) return kept;
    // One call to WeChat, however many ask at once.
    let making = this.underWay.get(code);
    if (making === undefined) {
      making = this.make(link).finally(() => this.underWay.delete(code));
      this.underWay.set(code, making);
    }
    return making;
  }

  private async make(link: ShareLinkEntity): Promise<Buffer> {
    const answer = await this.wechat.unlimitedCode({ scene: link.code, page: targetPage(link.productId) });
    if (answer.outcome !== 'ok') {
      this.logger.warn({ message: 'WeChat made no code image', outcome: answer.outcome, reason: answer.reason });
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '小程序码暂时无法生成，请稍后再试' });
    }
    await this.keep(link, answer.value);
    return answer.value;
  }

  private async keep(link: ShareLinkEntity, image: Buffer): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
      // Written aside and renamed: a reader never sees half an image.
      const aside = `${this.fileOf(link)}.${process.pid}.part`;
      await writeFile(aside, image);
      await rename(aside, this.fileOf(link));
    } catch (error) {
      // The image itself is good: a full disk costs another call next time, nothing else.
      this.logger.warn({ message: 'a code image could not be kept', error });
    }
  }

  private fileOf(link: ShareLinkEntity): string {
    return join(this.folder, `${link.code}.png`);
  }
}
