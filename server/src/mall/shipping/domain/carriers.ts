/** §7: carriers by WeChat's codes. HQ picks from these: with any other code WeChat refuses the upload. */
export interface Carrier {
  readonly code: string;
  readonly name: string;
}

const CARRIERS: readonly Carrier[] = [
  { code: 'SF', name: '顺丰速运' },
  { code: 'ZTO', name: '中通快递' },
  { code: 'YTO', name: '圆通速递' },
  { code: 'YD', name: '韵达快递' },
  { code: 'STO', name: '申通快递' },
  { code: 'JTSD', name: '极兔速递' },
  { code: 'JD', name: '京东物流' },
  { code: 'EMS', name: 'EMS' },
  { code: 'YZPY', name: '邮政快递包裹' },
  { code: 'DBL', name: '德邦快递' },
  { code: 'DNWL', name: '丹鸟物流' },
  { code: 'UC', name: '优速快递' },
  { code: 'KYSY', name: '跨越速运' },
  { code: 'ANE', name: '安能物流' },
  { code: 'ZJS', name: '宅急送' },
  { code: 'HTKY', name: '百世快递' },
];

const NAMES: ReadonlyMap<string, string> = new Map(CARRIERS.map(({ code, name }) => [code, name]));

export const CARRIER_CODES: readonly string[] = CARRIERS.map(({ code }) => code);

export function allCarriers(): readonly Carrier[] {
  return CARRIERS;
}

/** The name that people know; an old code that is no longer offered stands for itself. */
export function carrierName(code: string): string {
  return NAMES.get(code) ?? code;
}

/** SF hands a parcel's track only to who knows the number of the receiver: WeChat wants it masked. */
export function wantsContact(code: string): boolean {
  return code === 'SF';
}
