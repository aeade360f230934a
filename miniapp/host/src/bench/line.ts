import type { FromBench, ToBench } from './messages.js';

export interface LineEvents {
  /** The SDK wants something of the phone that is shown. */
  command(method: string, params: object): Promise<{ answer?: unknown; fault?: string }>;
  /** There is no host at the other end any more; `isReplaced`: another window has taken the phones. */
  ended(isReplaced: boolean): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** The bench's line to the process that serves it. */
export class Line {
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, Waiting>();
  private readonly opened: Promise<void>;
  private asked = 0;
  private isReplaced = false;

  constructor(private readonly events: LineEvents) {
    this.socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/line`);
    this.opened = new Promise((resolve) => this.socket.addEventListener('open', () => resolve()));
    this.socket.addEventListener('message', ({ data }) => void this.hear(JSON.parse(String(data)) as ToBench));
    this.socket.addEventListener('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the host has ended'));
      this.waiting.clear();
      events.ended(this.isReplaced);
    });
  }

  /** What a phone asks of the world outside the browser. */
  async call(persona: string, name: string, args: unknown[]): Promise<unknown> {
    await this.opened;
    this.asked += 1;
    const call = this.asked;
    const answer = new Promise((resolve, reject) => this.waiting.set(call, { resolve, reject }));
    this.send({ call, persona, name: name as never, args });
    return answer;
  }

  private async hear(said: ToBench): Promise<void> {
    if ('replaced' in said) this.isReplaced = true;
    else if ('command' in said) {
      const answered = await this.events.command(said.method, said.params);
      this.send({ done: said.command, ...answered });
    } else {
      const waiting = this.waiting.get(said.answered);
      this.waiting.delete(said.answered);
      if (said.fault === undefined) waiting?.resolve(said.answer);
      else waiting?.reject(new Error(said.fault));
    }
  }

  private send(message: FromBench): void {
    this.socket.send(JSON.stringify(message));
  }
}
