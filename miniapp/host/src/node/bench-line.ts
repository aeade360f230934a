import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Page } from 'playwright-core';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FromBench, ToBench } from '../bench/messages.js';
import { bridgeCalls, type Driven, type Heard, type Said } from './driven.js';
import type { Line } from './line.js';
import { isLoopback } from './web-server.js';

export interface BenchLineOptions {
  server: Server;
  address: string;
  /** The line of one person's phone; `origin` is where the browser sees the bench. */
  lineOf(persona: string, origin: () => string): Line;
  heard: Heard;
}

/**
 * The phones of the bench, in a browser that a person has opened: one line to it, over which phones ask for what a
 * browser can't do, and the host for what the shown phone should do.
 */
export class BenchLine implements Driven {
  private socket: WebSocket | null = null;
  /** The host's own window, where it has opened one: there it can look at the screen. */
  private window: Page | null = null;
  private readonly opened: Promise<void>;
  private open: () => void = () => undefined;
  private origin = '';
  private asked = 0;
  private readonly waiting = new Map<number, (said: Said) => void>();
  private readonly calls = new Map<string, ReturnType<typeof bridgeCalls>>();
  private readonly sockets = new WebSocketServer({ noServer: true });

  constructor(private readonly options: BenchLineOptions) {
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
    options.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Ends when the phones in the host's own window can be driven. */
  async isOpenIn(window: Page): Promise<void> {
    this.window = window;
    await this.opened;
  }

  async command(method: string, params: object): Promise<Said> {
    const { socket } = this;
    if (socket === null) throw new Error(`nobody has opened ${this.options.address} in a browser`);
    this.asked += 1;
    const command = this.asked;
    const said = new Promise<Said>((resolve) => this.waiting.set(command, resolve));
    this.send(socket, { command, method, params });
    return said;
  }

  /** A person drags with her own hand. */
  readonly drag = null;

  async tap(x: number, y: number): Promise<void> {
    await this.needed('Bench.tap', { x, y });
  }

  async picture(): Promise<Buffer> {
    return this.ownWindow('take a screenshot').locator('iframe.seen').screenshot();
  }

  async platformTap(selector: string): Promise<void> {
    const phone = this.ownWindow("press on the platform's page").frameLocator('iframe.seen');
    await phone.frameLocator('iframe[name=platform]').locator(selector).click({ timeout: 10_000 });
  }

  close(): void {
    this.sockets.close();
    this.socket?.terminate();
  }

  /** A page of another site may open a line to any address: only the bench's own gets one. */
  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin = '', host = '' } = request.headers;
    socket.on('error', () => socket.destroy());
    if (request.url !== '/line' || !isLoopback(host) || origin !== `http://${host}`) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.accept(opened, origin));
  }

  private accept(socket: WebSocket, origin: string): void {
    if (this.socket !== null) {
      this.send(this.socket, { replaced: true });
      this.socket.close();
    }
    this.socket = socket;
    this.origin = origin;
    this.open();
    socket.on('message', (data) => {
      this.hear(socket, String(data)).catch((error: unknown) => console.error(error));
    });
    socket.on('error', (error) => console.error(`weapp-host: the line to the bench was closed: ${error.message}`));
    socket.on('close', () => {
      if (this.socket !== socket) return;
      this.socket = null;
      for (const answer of this.waiting.values()) answer({ fault: 'the browser was closed' });
      this.waiting.clear();
    });
  }

  private async hear(socket: WebSocket, text: string): Promise<void> {
    const said = JSON.parse(text) as FromBench;
    if ('done' in said) {
      this.waiting.get(said.done)?.(said);
      this.waiting.delete(said.done);
      return;
    }
    const { call: answered, persona, name, args } = said;
    try {
      const answer = await this.callsOf(persona)[name](...(args as never[]));
      this.send(socket, { answered, answer });
    } catch (error) {
      this.send(socket, { answered, fault: (error as Error).message });
    }
  }

  private callsOf(persona: string): ReturnType<typeof bridgeCalls> {
    const known = this.calls.get(persona);
    if (known !== undefined) return known;
    const line = this.options.lineOf(persona, () => this.origin);
    const made = bridgeCalls(line, this.options.heard);
    this.calls.set(persona, made);
    return made;
  }

  /** Somebody's own browser lets nobody look over her shoulder. */
  private ownWindow(what: string): Page {
    if (this.window !== null) return this.window;
    throw new Error(`the host can't ${what} in a browser that it has not opened: start it without --open`);
  }

  private async needed(method: string, params: object): Promise<unknown> {
    const said = await this.command(method, params);
    if (said?.fault !== undefined) throw new Error(said.fault);
    return said?.answer;
  }

  private send(socket: WebSocket, message: ToBench): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }
}
