import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Arrival {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A merchant's address for notices: keeps what arrives and answers as it is told, 204 when it is told nothing. */
export class NoticeEndpoint {
  readonly arrived: Arrival[] = [];
  /** Statuses to answer with, one a notice; 0 is no answer at all. */
  readonly answers: number[] = [];
  url = '';
  private server: Server | undefined;

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        this.arrived.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
        const status = this.answers.shift() ?? 204;
        if (status !== 0) response.writeHead(status).end();
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`;
  }

  /** Waits for that many; throws when they do not come within that time. */
  async expect(count: number, withinMs = 3_000): Promise<readonly Arrival[]> {
    for (let waited = 0; waited < withinMs && this.arrived.length < count; waited += 10) await wait(10);
    if (this.arrived.length < count) throw new Error(`${this.arrived.length} of ${count} notices arrived`);
    return this.arrived;
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

/** Long enough for a notice that should not come to have come. */
export const silence = (): Promise<void> => wait(80);
