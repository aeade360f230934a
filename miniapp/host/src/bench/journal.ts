import type { Seen } from '../logic/watch.js';

export const KINDS = ['call', 'data', 'request', 'log', 'fault'] as const;
export type Kind = (typeof KINDS)[number];

/** One line of the console. */
export interface Entry {
  id: number;
  /** Milliseconds since the bench was opened. */
  at: number;
  persona: string;
  kind: Kind;
  tone: 'plain' | 'warn' | 'bad';
  text: string;
  /** Shown on demand. */
  detail: string;
  /** Sizes and times, at the end of the line. */
  figures: string;
}

export type Line = Omit<Entry, 'id' | 'at' | 'persona'>;

/** What one phone has cost until now. */
export interface Totals {
  dataCalls: number;
  dataBytes: number;
  largestBytes: number;
  requests: number;
  failedRequests: number;
}

export const MOST_ENTRIES = 2000;
/** More in one `setData` is felt on cheap phones. */
export const HEAVY_BYTES = 64 * 1024;

export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes * 10) / 10} KB` : `${Math.round(kilobytes / 102.4) / 10} MB`;
}

/** The console line of something that a phone did; null for what is no news there. */
export function lineOf(seen: Seen, totals: Totals): Line | null {
  if (seen.kind === 'call') {
    const isBad = seen.outcome === 'fail';
    return {
      kind: 'call',
      tone: isBad ? 'warn' : 'plain',
      text: `wx.${seen.name}(${seen.args})`,
      detail: seen.result,
      figures: `${isBad ? '失败 · ' : ''}${seen.ms} ms`,
    };
  }
  if (seen.kind === 'request') {
    const { method, url, status, bytes, ms, isFailed } = seen;
    const figures = `${status} · ${bytesText(bytes)} · ${ms} ms`;
    const text = `${method} ${url.replace(/^https?:\/\/[^/]*/, '')}`;
    return { kind: 'request', tone: isFailed ? 'bad' : 'plain', text, detail: url, figures };
  }
  if (seen.kind === 'data') {
    const isHeavy = seen.bytes > HEAVY_BYTES;
    const figures = `${bytesText(seen.bytes)} · 共 ${bytesText(totals.dataBytes)}`;
    const text = `setData ${seen.page}${isHeavy ? '　超过 64 KB' : ''}`;
    return { kind: 'data', tone: isHeavy ? 'warn' : 'plain', text, detail: '', figures };
  }
  return null;
}

const emptyTotals = (): Totals => ({ dataCalls: 0, dataBytes: 0, largestBytes: 0, requests: 0, failedRequests: 0 });

/** What happened on the phones of the bench: the last 2,000 lines, and sums that forget nothing. */
export class Journal {
  readonly entries: Entry[] = [];
  readonly counts: Record<Kind, number> = { call: 0, data: 0, request: 0, log: 0, fault: 0 };
  private readonly totals = new Map<string, Totals>();
  private made = 0;

  /** @param now milliseconds since the bench was opened */
  constructor(private readonly now: () => number) {}

  totalsOf(persona: string): Totals {
    const known = this.totals.get(persona) ?? emptyTotals();
    this.totals.set(persona, known);
    return known;
  }

  see(persona: string, seen: Seen): Entry | null {
    const totals = this.totalsOf(persona);
    if (seen.kind === 'data') {
      totals.dataCalls += 1;
      totals.dataBytes += seen.bytes;
      totals.largestBytes = Math.max(totals.largestBytes, seen.bytes);
    }
    if (seen.kind === 'request') {
      totals.requests += 1;
      if (seen.isFailed) totals.failedRequests += 1;
    }
    const line = lineOf(seen, totals);
    return line === null ? null : this.add(persona, line);
  }

  /** Adds a line and forgets the oldest when there are too many. */
  add(persona: string, line: Line): Entry {
    this.made += 1;
    const entry = { id: this.made, at: Math.round(this.now()), persona, ...line };
    this.entries.push(entry);
    this.counts[line.kind] += 1;
    if (this.entries.length > MOST_ENTRIES) this.entries.shift();
    return entry;
  }

  clear(): void {
    this.entries.length = 0;
    for (const kind of KINDS) this.counts[kind] = 0;
    this.totals.clear();
  }
}
