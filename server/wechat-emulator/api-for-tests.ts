import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateCredentials } from './generate-credentials.js';
import { type Answer, HandClock, postJson, TestMerchant } from './merchant-for-tests.js';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from './start-emulator.js';

// Making RSA keys takes longer than all the rest, so a file shares one set.
const credentials = generateCredentials();

/** An emulator with a hand clock, and a mall written by hand that calls it with a good token. */
export class TestApi {
  readonly clock = new HandClock();
  readonly merchant: TestMerchant;

  private constructor(
    readonly running: RunningEmulator,
    clock: HandClock,
  ) {
    this.clock = clock;
    this.merchant = new TestMerchant(running, clock);
  }

  static async open(options: EmulatorOptions = {}): Promise<TestApi> {
    const clock = new HandClock();
    return new TestApi(await startEmulator({ clock, credentials, pushRetryDelaysMs: [20, 20, 20], ...options }), clock);
  }

  async token(): Promise<string> {
    const { appId, appSecret } = this.running.credentials;
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    return String((await postJson(`${this.running.baseUrl}/cgi-bin/stable_token`, body)).json.access_token);
  }

  async call(path: string, body: unknown = {}): Promise<Answer> {
    return postJson(`${this.running.baseUrl}${path}?access_token=${await this.token()}`, body);
  }

  async errcode(path: string, body: unknown = {}): Promise<unknown> {
    return (await this.call(path, body)).json.errcode;
  }

  /** What a person or a tester does: no token. */
  person(path: string, body: unknown = {}): Promise<Answer> {
    return postJson(`${this.running.baseUrl}${path}`, body);
  }

  openid(persona: string): string {
    return this.merchant.openid(persona);
  }

  close(): Promise<void> {
    return this.running.close();
  }
}

export interface ReceivedCallback {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
}

/** The mall's end of callbacks: keeps what arrives, answers the texts given, then `success`; echoes a GET. */
export class CallbackListener {
  readonly received: ReceivedCallback[] = [];
  answers: string[] = [];
  echo: (query: URLSearchParams) => string = (query) => query.get('echostr') ?? '';
  private server: Server | undefined;

  async open(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (piece: Buffer) => chunks.push(piece));
      request.on('end', () => {
        const query = new URL(request.url ?? '', 'http://x').searchParams;
        const method = request.method ?? '';
        const contentType = request.headers['content-type'] ?? '';
        if (method === 'GET') return response.end(this.echo(query));
        this.received.push({ method, query, contentType, body: Buffer.concat(chunks).toString('utf8') });
        return response.end(this.answers.shift() ?? 'success');
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/push`;
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}
