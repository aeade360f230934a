import { createHash } from 'node:crypto';
import { ProblemType } from '@mall/shared/problems';
import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { WallClock } from '../clock/wall-clock.js';
import type { Reader, Tx } from '../database/tx.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { ProblemError } from './problem.js';

/** The Idempotency-Key header: 8 to 80 visible ASCII characters, stored by the client before sending (R7.2). */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const value = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (typeof value !== 'string' || !/^[\x21-\x7e]{8,80}$/.test(value)) {
    throw new ProblemError(ProblemType.IdempotencyKeyMissing);
  }
  return value;
});

export interface IdempotentCall {
  /** Whose key it is: keys of two people never meet. */
  actorId: string;
  operation: string;
  key: string;
  body: unknown;
}

/** Text that is equal for equal JSON values, whatever the order of members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value as Record<string, unknown>)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Same key and same body: the same result. Same key and another body: 409 (R7.2). */
@Injectable()
export class Idempotency {
  constructor(private readonly clock: WallClock) {}

  /** The result id of an earlier call with this key, or null. Throws 409 when the body differs. */
  async find(reader: Reader, call: IdempotentCall): Promise<string | null> {
    const row = await reader.first<IdempotencyKeyEntity>(
      'SELECT * FROM idempotency_keys WHERE actorId = ? AND operation = ? AND idempotencyKey = ?',
      [call.actorId, call.operation, call.key],
    );
    if (row === null) return null;
    if (row.bodyHash !== this.hash(call)) throw new ProblemError(ProblemType.IdempotencyKeyReused);
    return row.resultId;
  }

  /**
   * Takes the key for `resultId` inside the transaction that makes it. Returns null when the key was free, else the
   * id of what the first call made: the caller answers with that and writes nothing.
   */
  async claim(tx: Tx, call: IdempotentCall, resultId: string): Promise<string | null> {
    const claimed = await tx.insertOnce(IdempotencyKeyEntity, {
      actorId: call.actorId,
      operation: call.operation,
      idempotencyKey: call.key,
      bodyHash: this.hash(call),
      resultId,
      createdAt: this.clock.now(),
    });
    return claimed ? null : this.find(tx, call);
  }

  /** One actor's keys become another's, when two entries of one person were merged (R2.1). A key of both stays apart. */
  async moveAll(tx: Tx, fromActorId: string, intoActorId: string): Promise<void> {
    const rows = await tx.query<IdempotencyKeyEntity>('SELECT * FROM idempotency_keys WHERE actorId = ?', [
      fromActorId,
    ]);
    for (const row of rows) {
      if (!(await tx.insertOnce(IdempotencyKeyEntity, { ...row, actorId: intoActorId }))) continue;
      await tx.execute('DELETE FROM idempotency_keys WHERE actorId = ? AND operation = ? AND idempotencyKey = ?', [
        fromActorId,
        row.operation,
        row.idempotencyKey,
      ]);
    }
  }

  private hash(call: IdempotentCall): string {
    return createHash('sha256').update(canonical(call.body)).digest('hex');
  }
}
