import { createServer } from 'node:net';
import { PlainFailure } from './progress.mjs';

/**
 * @param {number} port 0 asks for any free one
 * @param {string} host
 * @returns {Promise<number>} the port that could be listened on (and is free again now)
 */
function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** @returns {Promise<number>} a port of the loopback interface that nobody listens on */
export const freePort = () => listenOnce(0, '127.0.0.1');

/**
 * @param {string} variable the environment variable that sets this port
 * @param {number} fallback
 * @returns {number} the port to use
 * @throws {PlainFailure} when the variable holds no port number
 */
export function portFrom(variable, fallback) {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new PlainFailure(`${variable}="${text}" is no port: set it to a number from 1 to 65535.`);
}

/**
 * Looks before minutes are spent on installing and building.
 *
 * @param {{port: number, host: string, variable: string, purpose: string}} wanted
 * @throws {PlainFailure} which port is taken and which variable changes it
 */
export async function requireFreePort({ port, host, variable, purpose }) {
  try {
    await listenOnce(port, host);
  } catch (error) {
    const other = `set ${variable} to another number (for example: ${variable}=${port + 10} npm start)`;
    if (error.code === 'EADDRINUSE') {
      throw new PlainFailure(`Port ${port}, which ${purpose} needs, is taken: stop what listens there, or ${other}.`);
    }
    if (error.code === 'EACCES') {
      throw new PlainFailure(`Port ${port}, which ${purpose} needs, is not open to this user: ${other}.`);
    }
    throw new PlainFailure(`${purpose} cannot listen on ${host}:${port} (${error.code ?? error.message}): check HOST.`);
  }
}
