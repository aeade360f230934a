/**
 * What a driver's error means, over all engines. Source: MySQL server error reference; the sets are those of
 * "The house" (unit of work).
 */
interface DriverError {
  errno?: number;
  code?: string;
}

// Deadlock or certification failure, lock wait, snapshot too old, error during commit.
const TRANSACTION_ERRNO = new Set([1213, 1205, 1020, 1180]);
// WSREP not ready, shutdown in progress, connection killed, gone away, lost.
const CONNECTION_ERRNO = new Set([1047, 1053, 1927, 2006, 2013]);
const CONNECTION_CODE = /^(ECONN|EPIPE|ETIMEDOUT|PROTOCOL_CONNECTION_LOST|POOL_)/;
// Another process holds the file's write lock longer than busy_timeout.
const SQLITE_BUSY = /^SQLITE_BUSY/;

function driverError(error: unknown): DriverError {
  const outer = error as { driverError?: DriverError } & DriverError;
  return outer?.driverError ?? outer ?? {};
}

/** The connection is not usable any more: destroy it before the next try. */
export function isConnectionLost(error: unknown): boolean {
  const { errno, code } = driverError(error);
  return CONNECTION_ERRNO.has(errno ?? 0) || CONNECTION_CODE.test(code ?? '');
}

/** Thrown by whoever lost a race that a new transaction would win: the unit of work runs the whole body again. */
export class RetryTransaction extends Error {
  override name = 'RetryTransaction';
}

/** The whole transaction may be run again from its start. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof RetryTransaction) return true;
  const { errno, code } = driverError(error);
  return TRANSACTION_ERRNO.has(errno ?? 0) || SQLITE_BUSY.test(code ?? '') || isConnectionLost(error);
}

/** A unique or primary key refused the row. */
export function isDuplicateKey(error: unknown): boolean {
  const { errno, code } = driverError(error);
  return errno === 1062 || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
