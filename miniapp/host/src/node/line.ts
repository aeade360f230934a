import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bridge, Download, WireAnswer, WireRequest } from '../logic/bridge.js';

export interface LineOptions {
  appId: string;
  persona: string;
  platformUrl: string | null;
  rewrites: [string, string][];
  /** A folder of this phone's: `kept` for files, `album` for pictures. */
  folder: string;
  /** The address of the host's own pages. */
  origin(): string;
}

const PLATFORM_TIMEOUT_MS = 15_000;

/** The phone's line to the world: requests without a browser's rules, and whatever stands in for WeChat. */
export class Line implements Omit<Bridge, 'emit'> {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly options: LineOptions) {
    mkdirSync(join(options.folder, 'kept'), { recursive: true });
    mkdirSync(join(options.folder, 'album'), { recursive: true });
  }

  async request({ id, url, method, headers, body, timeoutMs }: WireRequest): Promise<WireAnswer> {
    const stop = new AbortController();
    this.running.set(id, stop);
    try {
      const response = await fetch(this.rewritten(url), {
        method,
        // A phone says where it comes from, and the mini-program can't change it.
        headers: { ...headers, referer: `https://servicewechat.com/${this.options.appId}/devtools/page-frame.html` },
        body,
        redirect: 'follow',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]),
      });
      const text = await response.text();
      const { status, headers: answered } = response;
      return { status, headers: Object.fromEntries(answered), cookies: answered.getSetCookie(), text };
    } catch (error) {
      const { name, message, cause } = error as Error & { cause?: Error };
      const fault = stop.signal.aborted ? 'aborted' : name === 'TimeoutError' ? 'timeout' : 'failed';
      return { fault, words: cause?.message ?? message };
    } finally {
      this.running.delete(id);
    }
  }

  async abort(id: string): Promise<void> {
    this.running.get(id)?.abort();
  }

  async download(url: string): Promise<Download> {
    try {
      const response = await fetch(this.rewritten(url), { signal: AbortSignal.timeout(PLATFORM_TIMEOUT_MS) });
      const name = `${randomUUID()}.${(response.headers.get('content-type') ?? '').split(/[/;+]/)[1] ?? 'bin'}`;
      writeFileSync(join(this.options.folder, 'kept', name), Buffer.from(await response.arrayBuffer()));
      return { status: response.status, path: `http://tmp/${name}` };
    } catch {
      return { status: 0, path: null };
    }
  }

  async keepPicture(path: string): Promise<boolean> {
    const name = path.split('/').at(-1) ?? '';
    const file = join(this.options.folder, 'kept', name);
    if (name === '' || !existsSync(file)) return false;
    copyFileSync(file, join(this.options.folder, 'album', name));
    return true;
  }

  async platform(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.platformUrl(path)}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ persona: this.options.persona, ...body }),
      signal: AbortSignal.timeout(PLATFORM_TIMEOUT_MS),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok)
      throw new Error(`the platform answered ${path} with ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async platformPage(path: string, query: Record<string, string>): Promise<string> {
    const { persona, origin } = this.options;
    const all = new URLSearchParams({ ...query, persona, return: `${origin()}/returned` });
    return `${this.platformUrl(path)}${path}?${all}`;
  }

  private platformUrl(path: string): string {
    const { platformUrl } = this.options;
    if (platformUrl === null) throw new Error(`nothing stands in for WeChat (${path}): start the host with --platform`);
    return platformUrl;
  }

  private rewritten(url: string): string {
    const rewrite = this.options.rewrites.find(([from]) => url.startsWith(from));
    return rewrite === undefined ? url : rewrite[1] + url.slice(rewrite[0].length);
  }
}
