import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { DiscoveryService, Reflector } from '@nestjs/core';

/**
 * A mark for providers of any room that a room below them finds when the server starts, so that what stands below
 * imports nothing that stands above it.
 */
export class ProviderMark<Part> {
  private readonly key: symbol;

  constructor(description: string) {
    this.key = Symbol(description);
  }

  /** The decorator's work: `name` orders the parts. */
  as(name: string): CustomDecorator<symbol> {
    return SetMetadata(this.key, { name });
  }

  /** Every marked provider, by name: one order for all, so that two transactions take their locks alike. */
  find(discovery: DiscoveryService, reflector: Reflector): { name: string; part: Part }[] {
    const parts: { name: string; part: Part }[] = [];
    for (const { instance, metatype } of discovery.getProviders()) {
      const mark = metatype && instance ? reflector.get<{ name: string } | undefined>(this.key, metatype) : undefined;
      if (mark) parts.push({ name: mark.name, part: instance as Part });
    }
    return parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
