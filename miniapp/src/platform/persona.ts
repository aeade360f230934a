/** Whose things the storage holds. On a phone there is one person; the browser demo has several (persona.h5.ts). */
export function storageOwner(): string {
  return 'self';
}
