import type { Bench } from './bench.js';

/** One fact of the specification, and how to see whether the emulator keeps it. Throws when it does not. */
export interface Check {
  /** Section of the fact sheet, `§5`. */
  readonly section: string;
  /** The fact, as a sentence. */
  readonly fact: string;
  run(bench: Bench): Promise<void>;
}

/** Checks of one section. */
export function checksOf(
  section: string,
  facts: Readonly<Record<string, (bench: Bench) => Promise<void>>>,
): readonly Check[] {
  return Object.entries(facts).map(([fact, run]) => ({ section, fact, run }));
}

export function titleOf({ section, fact }: Check): string {
  return `${section} ${fact}`;
}
