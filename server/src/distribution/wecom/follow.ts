import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { WecomClient } from '../../wechat/wechat.public.js';
import { IdentifyContact } from './identify-contact.service.js';

/** WeCom forgets a welcome code after 20 s; a try that begins later could not arrive. */
const WELCOME_LIVES_MS = 18_000;
const ANOTHER_SENDER_WAIT_MS = 1_000;

/** What follows a new contact at once, beside the answer to WeCom: the welcome, and the question who she is. */
@Injectable()
export class Follow implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Follow.name);
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly wecom: WecomClient,
    private readonly identify: IdentifyContact,
    private readonly clock: WallClock,
  ) {}

  start(contactId: string, welcomeCode: string, receivedAt: number): void {
    const work = Promise.all([
      this.identify.execute(contactId),
      welcomeCode === '' ? null : this.welcome(contactId, welcomeCode, receivedAt),
    ])
      .catch((error: unknown) => this.logger.error({ message: 'a new contact was not followed', contactId, error }))
      .finally(() => this.running.delete(work));
    this.running.add(work);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  /** Once: the row says `sending` before the call, and no answer is the end of it, since it may have arrived. */
  private async welcome(contactId: string, code: string, receivedAt: number): Promise<void> {
    const text = await this.textFor(contactId);
    let result = text === null ? 'refused' : 'unknown';
    while (text !== null && this.clock.now() < receivedAt + WELCOME_LIVES_MS) {
      const answer = await this.wecom.sendWelcome(code, text);
      result = answer.outcome === 'ok' ? 'sent' : answer.outcome;
      if (answer.outcome !== 'refused' || answer.reason !== 'another_sender') break;
      await sleep(ANOTHER_SENDER_WAIT_MS);
    }
    await this.unitOfWork.run((tx) =>
      tx.execute(`UPDATE wecom_contacts SET welcome = ? WHERE id = ? AND welcome = 'sending'`, [result, contactId]),
    );
  }

  /** Null: the account is no guide's of this mall, or whose code it was wants no word from a guide (R2.5). */
  private async textFor(contactId: string): Promise<string | null> {
    const row = await this.database.first<{ name: string; storeName: string; contactPreference: string | null }>(
      `SELECT g.name, s.name AS storeName, m.contactPreference FROM wecom_contacts c
         JOIN guides g ON g.id = c.guideId JOIN stores s ON s.id = g.storeId
         LEFT JOIN wecom_contact_ways w ON w.state = c.state LEFT JOIN members m ON m.id = w.memberId
       WHERE c.id = ?`,
      [contactId],
    );
    if (row === null || (row.contactPreference ?? 'guide') !== 'guide') return null;
    return `您好，我是${row.storeName}的${row.name}。款式、尺码、到店自提，都可以直接问我。`;
  }
}
