import { createReadStream, createWriteStream, existsSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { HostFault } from '../host-fault.js';

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};
const HEAD =
  '<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"></head><body>';
/** Where pages of the platform's come back to: tells the window around what was decided. */
const RETURNED = `${HEAD}<script>parent.postMessage({ weappReturned: location.search.slice(1) }, location.origin)</script>`;

export interface WebServerOptions {
  /** 0: a port of the system's choice. */
  port: number;
  /** Texts by path. */
  texts: Record<string, { type: string; text: string }>;
  /** Files below these folders by the first part of the path. */
  folders: Record<string, string>;
  /** Those of them that take files as well. */
  writable: string[];
}

export const page = (...scripts: string[]) => ({
  type: 'text/html',
  text: HEAD + scripts.map((script) => `<script src="${script}"></script>`).join(''),
});
export const script = (text: string) => ({ type: 'text/javascript', text });
export const returnedPage = { type: 'text/html', text: RETURNED };

function sendFile(response: ServerResponse, folder: string, path: string): void {
  const file = join(folder, path);
  if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Only the phone's own pages may write: a browser names the page from which a request comes. */
function takeFile(request: IncomingMessage, response: ServerResponse, folder: string, path: string): void {
  const file = join(folder, path);
  const isOwn = request.headers.origin === `http://${request.headers.host}`;
  if (!isOwn || !file.startsWith(folder + sep)) {
    response.writeHead(403).end();
  } else if (request.method === 'DELETE') {
    response.writeHead(existsSync(file) ? 200 : 404).end();
    rmSync(file, { force: true });
  } else {
    const writing = request.pipe(createWriteStream(file));
    writing.on('finish', () => response.writeHead(200).end());
    writing.on('error', () => response.writeHead(500).end());
  }
}

/** Whether a `Host` header names this machine: a name of somebody else's that leads here does not. */
export const isLoopback = (host: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

export interface WebServer {
  server: Server;
  origin: string;
  close(): void;
}

/** The path that a request names; null when it is none. */
function pathOf(request: IncomingMessage): string | null {
  try {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0]);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

const own = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

type Served = Omit<WebServerOptions, 'port'>;

function answer(request: IncomingMessage, response: ServerResponse, { texts, folders, writable }: Served): void {
  const path = pathOf(request);
  if (path === null || !isLoopback(request.headers.host ?? '')) {
    response.writeHead(path === null ? 400 : 403).end();
    return;
  }
  const found = own(texts, path);
  if (found !== undefined) {
    response.writeHead(200, { 'content-type': `${found.type};charset=utf-8`, 'cache-control': 'no-store' });
    response.end(found.text);
    return;
  }
  const [, first = '', ...rest] = path.split('/');
  const folder = own(folders, first);
  if (folder === undefined) response.writeHead(404).end();
  else if (request.method !== 'GET') {
    if (writable.includes(first)) takeFile(request, response, folder, rest.join('/'));
    else response.writeHead(405).end();
  } else sendFile(response, folder, rest.join('/'));
}

/** Serves the host's pages on loopback. Throws a HostFault when the port is taken. */
export async function startWebServer({ port, ...served }: WebServerOptions): Promise<WebServer> {
  const server = createServer((request, response) => {
    try {
      answer(request, response, served);
    } catch (error) {
      // No request may end the process.
      console.error(error);
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new HostFault(`port ${port} can't be used: ${error.message}`)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    server,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
