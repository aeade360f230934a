import type { FastifyReply } from 'fastify';

/** Spreadsheets take a file without it for another encoding. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A table for a spreadsheet: UTF-8 with its mark, CRLF, every cell quoted. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** The answer is a file of {@link csvText} that the browser stores as `name`.csv. */
export function asCsvFile(reply: FastifyReply, name: string): void {
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
}

/** What a spreadsheet would run as a formula is made text; an amount below zero is none. */
function cell(value: string): string {
  const text = /^[=+@\t\r]|^-(?!\d+\.\d\d$)/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
