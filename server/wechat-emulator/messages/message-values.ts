const CHINA_DATE = String.raw`\d{4}(?:-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2}|年\d{1,2}月\d{1,2}日)`;
const CLOCK = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`;
const TIME = `(?:${CHINA_DATE} ?)?${CLOCK}`;
const DATE = `${CHINA_DATE}(?: ?${CLOCK})?`;

const range = (one: string): RegExp => new RegExp(`^${one}(?: ?~ ?${one})?$`);

/** What a value of each type may look like. A key is the type and a number: `thing1`. */
const FORMS: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/u,
  number: /^(?=.{1,32}$)-?\d+(?:\.\d+)?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[\p{P}\p{S}]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: range(TIME),
  date: range(DATE),
  amount: /^\p{Sc}?\d{1,10}(?:\.\d+)?元?$/u,
  phone_number: /^[\d+()# -]{1,17}$/,
  car_number: /^[\p{Script=Han}A-Za-z\d]{1,8}$/u,
  name: /^(?:\p{Script=Han}{1,10}|[A-Za-z\p{P}\p{S} ]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
};

/** Whether WeChat takes the value under that key; an unknown type takes none. */
export function fitsKey(key: string, value: unknown): boolean {
  const type = /^([a-z_]+?)\d+$/.exec(key)?.[1];
  if (type === undefined || !Object.hasOwn(FORMS, type)) return false;
  return typeof value === 'string' && !/[\r\n]/.test(value) && FORMS[type]?.test(value) === true;
}
