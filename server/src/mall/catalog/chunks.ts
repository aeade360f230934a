/** IN lists stay far below the engines' limits on parameters. */
const CHUNK = 500;

/** Runs `read` over slices of `ids` and joins what comes back. */
export async function inChunks<Row>(
  ids: readonly string[],
  read: (slice: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) rows.push(...(await read(ids.slice(start, start + CHUNK))));
  return rows;
}

/** `?, ?, ?` */
export function placeholders(list: readonly unknown[]): string {
  return list.map(() => '?').join(', ');
}
