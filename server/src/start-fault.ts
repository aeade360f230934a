interface Coded {
  code?: string;
  port?: number;
  address?: string;
  message?: string;
}

/** One sentence for what commonly stops a start; the stack for everything else. */
export function startFaultOf(error: unknown): string {
  const { code, port, message } = ((error as { driverError?: Coded }).driverError ?? error) as Coded;
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what listens there or set PORT`;
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return `the database file is broken (${message}): restore it from a backup, or move it away to start afresh`;
  }
  if (code === 'SQLITE_CANTOPEN') return `the database file cannot be opened (${message}): check its folder and rights`;
  if (code === 'ECONNREFUSED') return 'the database server does not answer: check DATABASE_URL and that it runs';
  if (code === 'ER_ACCESS_DENIED_ERROR') return 'the database refused user name or password: check DATABASE_URL';
  if (code === 'ER_BAD_DB_ERROR') return 'the database named in DATABASE_URL does not exist: create it first';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
