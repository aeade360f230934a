import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { Tx } from '../platform/database/tx.js';
import type { PushMessage } from './push-message.js';

/**
 * Takes one kind of push into the books, in the transaction that also marks it as received: WeChat is answered when
 * both hold. It calls nobody outside; what is to be asked is written down for a job.
 */
export interface PushHandler {
  handle(tx: Tx, message: PushMessage): Promise<void>;
}

const HANDLES = Symbol('handles-push');
interface Handles {
  events: readonly string[];
}

/** Marks a provider as handler of these events of WeChat's. */
export const HandlesPush = (...events: string[]) => SetMetadata(HANDLES, { events } satisfies Handles);

/** Finds the marked providers of every room, so that this one imports nothing that stands above it. */
@Injectable()
export class PushHandlers {
  private byEvent: Map<string, PushHandler[]> | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  of(event: string): readonly PushHandler[] {
    this.byEvent ??= this.collect();
    return this.byEvent.get(event) ?? [];
  }

  private collect(): Map<string, PushHandler[]> {
    const byEvent = new Map<string, PushHandler[]>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const mark = metatype && instance ? this.reflector.get<Handles | undefined>(HANDLES, metatype) : undefined;
      for (const event of mark?.events ?? []) {
        byEvent.set(event, [...(byEvent.get(event) ?? []), instance as PushHandler]);
      }
    }
    return byEvent;
  }
}
