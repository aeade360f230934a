import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';

/**
 * Structured logs, one JSON object a line. Personal data never reaches them: requests are logged by id, method, path
 * without query, status and duration, and bodies, headers and addresses not at all.
 */
export function createPino(level: string): Pino {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
  });
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
    const fields = typeof message === 'object' && message !== null ? message : { message: String(message) };
    this.pino[level]({ context: typeof context === 'string' ? context : undefined, ...fields });
  }
}
