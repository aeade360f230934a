import type { Bridge } from '../logic/bridge.js';

/** What goes over the line between the bench, in a browser, and the process that serves it. */
export type FromBench =
  /** A phone asks something of the process around it. */
  | { call: number; persona: string; name: keyof Bridge; args: unknown[] }
  /** What the phone that is shown answers to a command. */
  | { done: number; answer?: unknown; fault?: string };

export type ToBench =
  | { answered: number; answer?: unknown; fault?: string }
  | { command: number; method: string; params: object }
  /** Another window has opened the bench: phones can't be in two places. */
  | { replaced: true };

export interface Person {
  id: string;
  /** As the bench calls her. */
  name: string;
}

/** What the bench starts with. */
export interface BenchStart {
  people: Person[];
  /** How the first person opens the mini-program. */
  entry: { url: string | null; scene: number };
  title: string;
  appId: string;
  platformUrl: string | null;
  automatorPort: number;
  /** Paths of all pages. */
  pages: string[];
  rewrites: [string, string][];
}
