import type { Columns } from '../../shell/dialogs.js';
import type { Data } from '../data-path.js';
import type { WxContext } from './context.js';

const two = (value: number) => String(value).padStart(2, '0');
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_none, at) => from + at);

function wordsOf(range: unknown, key: unknown): string[] {
  return ((range ?? []) as unknown[]).map((item) =>
    typeof item === 'object' && item !== null ? String((item as Data)[String(key)]) : String(item),
  );
}

type DateParts = [year: number, month: number, day: number];

function partsOf(text: unknown, usual: DateParts): DateParts {
  const given = String(text ?? '').split('-');
  return usual.map((part, at) => Number(given[at]) || part) as DateParts;
}

/** The days of a month; that before the first of the next. */
const daysIn = (year: number, month: number) => new Date(year, month, 0).getDate();

const isBefore = (a: DateParts, b: DateParts) => Date.UTC(...a) < Date.UTC(...b);

/** Years, months and days as far as `fields` wants them: those between `start` and `end` that go with the value. */
export function dateColumns({ value, start, end, fields }: Data): Columns {
  const first = partsOf(start, [1900, 1, 1]);
  const last = partsOf(end, [2100, 12, 31]);
  const given = partsOf(value, first);
  const wished = isBefore(given, first) ? first : isBefore(last, given) ? last : given;
  const wanted = fields === 'year' ? 1 : fields === 'month' ? 2 : 3;
  const words: string[][] = [];
  const chosen: number[] = [];
  const before: number[] = [];
  const isAtEdge = (edge: DateParts) => before.every((part, at) => part === edge[at]);
  for (let at = 0; at < wanted; at += 1) {
    const most = at === 0 ? last[0] : at === 1 ? 12 : daysIn(before[0], before[1]);
    const from = isAtEdge(first) ? first[at] : 1;
    const to = isAtEdge(last) ? Math.min(last[at], most) : most;
    const part = Math.max(from, Math.min(wished[at], to));
    words.push(numbers(from, to).map(two));
    chosen.push(part - from);
    before.push(part);
  }
  return { words, chosen };
}

/** The columns once she has chosen those numbers, one after the other: a month decides how many days follow. */
export function dateColumnsAt(given: Data, chosen: number[]): Columns {
  let columns = dateColumns(given);
  for (let at = 0; at < columns.words.length; at += 1) {
    const words = columns.words.map((column, place) => column[columns.chosen[place]]);
    words[at] = columns.words[at][chosen[at]];
    if (words[at] === undefined) throw new Error(`picker: column ${at} has no item number ${chosen[at]}`);
    columns = dateColumns({ ...given, value: words.join('-') });
  }
  return columns;
}

const TIMES = [numbers(0, 23).map(two), numbers(0, 59).map(two)];

/** WeChat has them all; these are enough to fill in an address by hand. */
const REGIONS = [
  ['北京市', '北京市', '朝阳区'],
  ['上海市', '上海市', '静安区'],
  ['江苏省', '苏州市', '姑苏区'],
  ['浙江省', '杭州市', '西湖区'],
  ['广东省', '深圳市', '南山区'],
  ['四川省', '成都市', '锦江区'],
  ['新疆维吾尔自治区', '乌鲁木齐市', '天山区'],
];

/** Lets her choose; null when she closes the panel. */
export async function pickValue({ shell, faults }: WxContext, given: Data): Promise<unknown> {
  const mode = String(given.mode ?? 'selector');
  const ask = async (
    words: string[][],
    chosen: number[],
    turned?: (shown: string[]) => Columns,
  ): Promise<number[] | null> => {
    const { accepted, choice } = await shell.dialogs.columns({ words, chosen }, turned);
    return accepted ? (choice as number[]) : null;
  };
  if (mode === 'selector') {
    const at = await ask([wordsOf(given.range, given.rangeKey)], [Number(given.value ?? 0)]);
    return at === null ? null : at[0];
  }
  if (mode === 'multiSelector') {
    const columns = ((given.range ?? []) as unknown[]).map((range) => wordsOf(range, given.rangeKey));
    return ask(columns, (given.value ?? []) as number[]);
  }
  if (mode === 'date') {
    const { words, chosen } = dateColumns(given);
    const at = await ask(words, chosen, (shown) => dateColumns({ ...given, value: shown.join('-') }));
    if (at === null) return null;
    const { words: last, chosen: own } = dateColumnsAt(given, at);
    return own.map((index, column) => last[column][index]).join('-');
  }
  if (mode === 'time') {
    const chosen = String(given.value ?? '0:0')
      .split(':')
      .map(Number);
    const at = await ask(TIMES, chosen);
    return at === null ? null : at.map((index, column) => TIMES[column][index]).join(':');
  }
  if (mode === 'region') {
    const at = await ask([REGIONS.map((names) => names.join(' '))], [0]);
    return at === null ? null : REGIONS[at[0]];
  }
  faults.report(new Error(`picker: mode "${mode}" is not implemented by this host`));
  return null;
}
