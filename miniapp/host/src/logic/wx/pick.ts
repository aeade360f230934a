import type { Data } from '../data-path.js';
import type { WxContext } from './context.js';

const two = (value: number) => String(value).padStart(2, '0');
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_none, at) => from + at);

function wordsOf(range: unknown, key: unknown): string[] {
  return ((range ?? []) as unknown[]).map((item) =>
    typeof item === 'object' && item !== null ? String((item as Data)[String(key)]) : String(item),
  );
}

interface DateColumns {
  columns: string[][];
  chosen: number[];
}

/** Years, months and days as far as `fields` wants them. */
export function dateColumns({ value, start, end, fields }: Data): DateColumns {
  const first = Number(String(start ?? '').slice(0, 4)) || 1900;
  const last = Number(String(end ?? '').slice(0, 4)) || 2100;
  const [year = first, month = 1, day = 1] = String(value ?? '')
    .split('-')
    .map(Number);
  const wanted = fields === 'year' ? 1 : fields === 'month' ? 2 : 3;
  const columns = [numbers(first, last).map(String), numbers(1, 12).map(two), numbers(1, 31).map(two)];
  return { columns: columns.slice(0, wanted), chosen: [year - first, month - 1, day - 1].slice(0, wanted) };
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
  const ask = async (columns: string[][], chosen: number[]): Promise<number[] | null> => {
    const { accepted, choice } = await shell.dialogs.columns(columns, chosen);
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
  if (mode === 'date' || mode === 'time') {
    const { columns, chosen } =
      mode === 'date'
        ? dateColumns(given)
        : {
            columns: TIMES,
            chosen: String(given.value ?? '0:0')
              .split(':')
              .map(Number),
          };
    const at = await ask(columns, chosen);
    return at === null ? null : at.map((index, column) => columns[column][index]).join(mode === 'date' ? '-' : ':');
  }
  if (mode === 'region') {
    const at = await ask([REGIONS.map((names) => names.join(' '))], [0]);
    return at === null ? null : REGIONS[at[0]];
  }
  faults.report(new Error(`picker: mode "${mode}" is not implemented by this host`));
  return null;
}
