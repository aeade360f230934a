/** A property whose column holds sealed text, as columns.ts marked it. */
export interface SealedProperty {
  readonly entity: object;
  readonly property: string;
}

const marked: SealedProperty[] = [];

/** Remembers a sealed column, so that rotating the key forgets none: the list is made by the entities themselves. */
export function markSealed(prototype: object, property: string): void {
  marked.push({ entity: prototype.constructor, property });
}

export function sealedProperties(): readonly SealedProperty[] {
  return marked;
}
