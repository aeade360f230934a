import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import { loggableError } from './loggable-error.js';

/**
 * Structured logs, one JSON object a line. Personal data never reaches them: requests are logged by id, method, path
 * without query, status and duration, and bodies, headers and addresses not at all; of errors only what `loggableError` lets through.
 */
export function createPino(level: string, destination?: DestinationStream): Pino {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: loggableError, err: loggableError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Nest's own messages through the same stream. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: 'debug' | 'error' | 'warn' | 'trace', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    // Nest logs bare errors too; spread out, one would bring its parameters along.
    if (message instanceof Error) {
      this.write(level, { error: message }, rest);
      return;
    }
    const fields = typeof message === 'object' && message !== null ? message : { message: String(message) };
    this.pino[level]({ context: typeof context === 'string' ? context : undefined, ...fields });
  }
}
