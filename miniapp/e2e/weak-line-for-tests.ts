import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** What the mall answered, whether or not it arrived. */
  status: number;
  isLost: boolean;
}

/** The way between a phone and the mall, on which an answer can get lost after the mall has done what was asked. */
export class WeakLine {
  /** Every request that reached the mall, in order of its answers. */
  readonly asked: Asked[] = [];
  private readonly toLose: string[] = [];

  private constructor(
    private readonly mallUrl: string,
    private readonly server: Server,
  ) {
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => this.carry(asked, answer));
  }

  static async open(mallUrl: string): Promise<WeakLine> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new WeakLine(mallUrl, server);
  }

  /** What the phone takes for the mall. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next answer to a request like `POST /api/orders` does not arrive. */
  losesAnswerTo(methodAndPath: string): void {
    this.toLose.push(methodAndPath);
  }

  /** Those that asked for this, such as `POST /api/orders`. */
  to(methodAndPath: string): Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}` === methodAndPath);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private carry(asked: IncomingMessage, answer: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = asked;
    const path = url.replace(/\?.*/, '');
    const onward = request(new URL(url, this.mallUrl), { method, headers }, (said) => {
      const at = this.toLose.indexOf(`${method} ${path}`);
      if (at >= 0) this.toLose.splice(at, 1);
      said.on('end', () => {
        this.asked.push({ method, path, headers, status: said.statusCode ?? 0, isLost: at >= 0 });
        if (at >= 0) asked.socket.destroy();
      });
      if (at >= 0) {
        said.resume();
        return;
      }
      answer.writeHead(said.statusCode ?? 502, said.headers);
      said.pipe(answer);
    });
    onward.on('error', () => asked.socket.destroy());
    asked.pipe(onward);
  }
}
