import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { HostFault } from '../host-fault.js';

/** Answers a request of the SDK, or throws what is to be said instead. */
export type Answer = (method: string, params: Record<string, unknown>) => Promise<unknown>;

export interface AutomatorServer {
  emit(method: string, params: object): void;
  close(): void;
}

async function answered(socket: WebSocket, text: string, answer: Answer): Promise<void> {
  const {
    id,
    method,
    params = {},
  } = JSON.parse(text) as { id: string; method: string; params?: Record<string, unknown> };
  const said = await answer(method, params).then(
    (result) => ({ id, result }),
    (error: unknown) => ({ id, error: { message: (error as Error).message } }),
  );
  socket.send(JSON.stringify(said));
}

/**
 * Speaks miniprogram-automator's protocol: JSON over a WebSocket on loopback. A browser says from which page a line
 * comes; the SDK is no browser and says nothing. No page may drive the host, which runs code and sends requests for it.
 */
export async function startAutomatorServer(port: number, answer: Answer): Promise<AutomatorServer> {
  const verifyClient = ({ req }: { req: IncomingMessage }) => req.headers.origin === undefined;
  const server = new WebSocketServer({ port, host: '127.0.0.1', verifyClient });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) => reject(new HostFault(`port ${port} can't be used: ${error.message}`)));
  });
  server.on('connection', (socket) => {
    // It closes itself after a broken message; unheard, that would end the process.
    socket.on('error', (error) => console.error(`weapp-host: a line was closed: ${error.message}`));
    socket.on('message', (data) => {
      answered(socket, String(data), answer).catch((error: unknown) => console.error(error));
    });
  });
  return {
    emit: (method, params) => {
      const text = JSON.stringify({ method, params });
      for (const socket of server.clients) socket.send(text);
    },
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
