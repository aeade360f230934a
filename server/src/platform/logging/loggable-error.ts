/** What a log may keep of an error. */
export interface LoggableError {
  type: string;
  message: string;
  stack: string;
  code?: string | number;
  errno?: number;
  /** Of a failed query: the text with its placeholders, never with the values. */
  statement?: string;
}

interface Loose {
  code?: string | number;
  errno?: number;
  query?: string;
  driverError?: Loose;
}

/** Names that the server quotes: a column or a key, not what somebody typed. */
const QUOTED_NAME = /\b(?:column|key|table|field|constraint) '[\w.]+'/gi;

/**
 * A database repeats the values that it refuses: "Duplicate entry '13800138000' for key 'phone'". A value may hold
 * quotes itself, so all from the first one on goes.
 */
function withoutValues(message: string): string {
  const duplicate = /^(.*?Duplicate entry )'.*'( for key '[\w.]+')$/s.exec(message);
  if (duplicate) return `${duplicate[1]}'…'${duplicate[2]}`;
  if (!message.replace(QUOTED_NAME, '').includes("'")) return message;
  return message.replace(/'.*/s, "'…'");
}

/**
 * Names an error without the personal data that drivers attach to theirs: parameters, statements with values written
 * in, refused values in the message. Fields that are not listed here are dropped.
 */
export function loggableError(error: unknown): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: '' };
  const loose = error as Loose;
  const { code, errno } = loose.driverError ?? loose;
  const ofDatabase = loose.driverError !== undefined || errno !== undefined || String(code).startsWith('SQLITE_');
  const type = error.name === 'Error' ? error.constructor.name : error.name;
  const message = ofDatabase ? withoutValues(error.message) : error.message;
  // A stack begins with the message, values and all.
  const { stack = '' } = error;
  const at = stack.indexOf(error.message);
  const frames = at < 0 ? '' : stack.slice(at + error.message.length);
  return {
    type,
    message,
    stack: `${type}: ${message}${frames}`,
    ...(code === undefined ? {} : { code }),
    ...(errno === undefined ? {} : { errno }),
    ...(typeof loose.query === 'string' ? { statement: loose.query } : {}),
  };
}
