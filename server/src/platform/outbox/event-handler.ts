import type { EventPayloads, EventType } from '@mall/shared/events';
import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { Tx } from '../database/tx.js';

export interface OutboxEvent<T extends EventType = EventType> {
  id: string;
  type: T;
  streamId: string;
  /** Business clock, epoch ms. */
  occurredAt: number;
  payload: EventPayloads[T];
}

/** Handles one type of event in a transaction of its own. A throw rolls it back and it is tried again later. */
export interface EventHandler<T extends EventType = EventType> {
  handle(tx: Tx, event: OutboxEvent<T>): Promise<void>;
}

const HANDLES = Symbol('handles-event');
interface Handles {
  type: EventType;
  name: string;
}

/**
 * Marks a provider as handler of `type`. The name is a sentence, `accrue-commission-when-order-paid`, and is part of
 * the key that keeps an event from being handled twice: never rename one.
 */
export const HandlesEvent = (type: EventType, name: string) => SetMetadata(HANDLES, { type, name } satisfies Handles);

export interface NamedHandler {
  name: string;
  handler: EventHandler;
}

/** Finds the marked providers of every room. */
@Injectable()
export class EventHandlerRegistry {
  private byType: Map<EventType, NamedHandler[]> | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  handlersOf(type: EventType): readonly NamedHandler[] {
    this.byType ??= this.collect();
    return this.byType.get(type) ?? [];
  }

  private collect(): Map<EventType, NamedHandler[]> {
    const byType = new Map<EventType, NamedHandler[]>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const mark = metatype && instance ? this.reflector.get<Handles | undefined>(HANDLES, metatype) : undefined;
      if (!mark) continue;
      byType.set(mark.type, [...(byType.get(mark.type) ?? []), { name: mark.name, handler: instance as EventHandler }]);
    }
    // Discovery order depends on module imports; the order of handlers must not.
    for (const list of byType.values()) list.sort((a, b) => (a.name < b.name ? -1 : 1));
    return byType;
  }
}
