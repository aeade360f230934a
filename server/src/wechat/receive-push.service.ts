import { Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { PushHandlers } from './push-handler.js';
import type { PushMessage } from './push-message.js';
import { WechatPushEntity } from './wechat-push.entity.js';

const LONGEST_EVENT = 60;

/** A verified push is handled once: its id and what follows from it are one transaction. */
@Injectable()
export class ReceivePush {
  private readonly logger = new Logger(ReceivePush.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly handlers: PushHandlers,
    private readonly clock: WallClock,
  ) {}

  async execute(message: PushMessage): Promise<void> {
    const handlers = this.handlers.of(message.event);
    const event = message.event.slice(0, LONGEST_EVENT);
    if (handlers.length === 0) {
      this.logger.log({ message: 'a push that nothing here is about', event });
      return;
    }
    await this.unitOfWork.run(async (tx) => {
      const row = { id: message.id, event, receivedAt: this.clock.now() };
      if (!(await tx.insertOnce(WechatPushEntity, row))) return;
      for (const handler of handlers) await handler.handle(tx, message);
    });
  }
}
