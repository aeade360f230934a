import type { Seen } from '../logic/watch.js';
import { addressText } from '../project/paths.js';
import { make } from '../shell/dom.js';
import type { PhonePlace } from './bench.js';
import type { Person } from './messages.js';

export type State = 'off' | 'starting' | 'shown' | 'away' | 'failed';
export interface Opening {
  url: string | null;
  scene: number;
}

export interface PhoneEvents {
  call(name: string, args: unknown[]): Promise<unknown>;
  seen(seen: Seen): void;
  said(type: string, args: unknown[]): void;
  failed(message: string, place: string | null): void;
  /** A picture has come into her album. */
  kept(path: string): void;
  changed(): void;
}

/** A slow line: what a person in a lift has. */
const SLOW_MS = 1500;
const OUTSIDE = ['request', 'download', 'platform'];
const MAIN_ENTRY: Opening = { url: null, scene: 1001 };

/** One person's phone. It goes on running while another is looked at. */
export class PhoneBox {
  readonly frame = make('iframe', { title: '手机', allow: 'clipboard-write' });
  state: State = 'off';
  isOnline = true;
  isSlow = false;
  /** Path and parameters of the page that is shown. */
  page = '';
  fault = '';
  private entry: Opening = MAIN_ENTRY;
  private starting: Promise<void> = Promise.resolve();

  constructor(
    readonly person: Person,
    private readonly events: PhoneEvents,
  ) {
    this.frame.name = `phone-${person.id}`;
  }

  /** What the phone's own window asks for when it runs its script. */
  place(): PhonePlace {
    return {
      options: { persona: this.person.id, entry: this.entry },
      call: (name, args) => this.call(name, args),
      watch: (seen) => this.see(seen),
    };
  }

  /** Cold start. */
  start(entry: Opening): Promise<void> {
    this.starting = this.startAnew(entry);
    return this.starting;
  }

  private async startAnew(entry: Opening): Promise<void> {
    this.entry = entry;
    this.isOnline = true;
    this.fault = '';
    this.turn('starting');
    this.frame.src = '/phone';
    await new Promise((resolve) => this.frame.addEventListener('load', resolve, { once: true }));
    try {
      const { __weappHost: host } = this.frame.contentWindow as Window;
      if (host === undefined) throw new Error('the phone has no script');
      await host.ready;
      this.turn('shown');
    } catch (error) {
      this.fault = (error as Error).message ?? String(error);
      this.events.failed(this.fault, null);
      this.turn('failed');
    }
  }

  /** From a card, a code, a link: cold when the mini-program does not run, warm when it does. */
  async open(entry: Opening): Promise<'cold' | 'warm'> {
    if (this.state !== 'shown' && this.state !== 'away') {
      await this.start(entry);
      return 'cold';
    }
    await this.command('Host.enter', { ...entry });
    this.turn('shown');
    return 'warm';
  }

  /** Swiped away: the next opening is cold. */
  stop(): void {
    this.frame.src = 'about:blank';
    this.page = '';
    this.turn('off');
  }

  async leave(): Promise<void> {
    await this.command('Host.leave', {});
    this.turn('away');
  }

  async resume(): Promise<void> {
    await this.command('Host.resume', {});
    this.turn('shown');
  }

  async setOnline(online: boolean): Promise<void> {
    await this.command('Host.setOnline', { online });
    this.isOnline = online;
    this.events.changed();
  }

  /** A new phone: nothing stored, nothing allowed. */
  async wipe(): Promise<void> {
    await this.command('App.callWxMethod', { method: 'clearStorageSync', args: [] });
    await this.start(MAIN_ENTRY);
  }

  /** Throws the words of what went wrong. */
  async command(method: string, params: object): Promise<unknown> {
    await this.starting;
    const host = this.frame.contentWindow?.__weappHost;
    if (host === undefined) throw new Error(`the phone of ${this.person.id} is not on`);
    const { answer, fault } = await host.command(method, params);
    if (fault !== undefined) throw new Error(fault);
    return answer;
  }

  private async call(name: string, args: unknown[]): Promise<unknown> {
    if (name === 'emit') this.hear(...(args as [string, Record<string, unknown>]));
    if (this.isSlow && OUTSIDE.includes(name)) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    const answer = await this.events.call(name, args);
    if (name === 'keepPicture' && answer === true) this.events.kept(String(args[0]));
    return answer;
  }

  private hear(method: string, params: Record<string, unknown>): void {
    if (method === 'App.logAdded') this.events.said(String(params.type), params.args as unknown[]);
    if (method !== 'App.exceptionThrown') return;
    const { message, place } = params.exception as { message: string; place: string | null };
    this.events.failed(message, place);
  }

  private see(seen: Seen): void {
    if (seen.kind === 'page') {
      this.page = addressText(seen).slice(1);
      this.events.changed();
    }
    this.events.seen(seen);
  }

  private turn(state: State): void {
    this.state = state;
    this.events.changed();
  }
}
