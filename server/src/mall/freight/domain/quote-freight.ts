import type { FreightRule } from '@mall/shared/hq';
import { type Fen, fen, ZERO_FEN } from '@mall/shared/money';

export type FreightQuote =
  | { served: true; freightFen: Fen; name: string }
  | { served: false /** In Chinese, for the customer. */; reason: string };

const SUFFIX = /(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$/;

/** `新疆维吾尔自治区` and `新疆` are one place: address pickers and people write both. */
export function provinceKey(province: string): string {
  return province.normalize('NFKC').replace(/\s/g, '').replace(SUFFIX, '');
}

/**
 * Freight by region and amount: the rule that names the province decides, else the one for everywhere else.
 *
 * @param goodsFen goods after every discount
 */
export function quoteFreight(rules: readonly FreightRule[], province: string, goodsFen: Fen): FreightQuote {
  const key = provinceKey(province);
  const rule =
    rules.find(({ provinces }) => provinces.some((name) => provinceKey(name) === key)) ??
    rules.find(({ provinces }) => provinces.length === 0);
  if (rule === undefined || !rule.served)
    return { served: false, reason: `暂不支持配送到${province}，请换一个收货地址` };
  const free = rule.freeFromFen !== null && goodsFen >= rule.freeFromFen;
  return { served: true, freightFen: free ? ZERO_FEN : fen(rule.freightFen), name: rule.name };
}

export interface FreightFault {
  path: string;
  message: string;
}

/** What keeps a set of rules from being unambiguous; empty when it is fine. */
export function faultsOfRules(rules: readonly FreightRule[]): FreightFault[] {
  const faults: FreightFault[] = [];
  const seen = new Map<string, number>();
  for (const [index, { provinces }] of rules.entries()) {
    for (const key of provinces.length === 0 ? [''] : new Set(provinces.map(provinceKey))) {
      const earlier = seen.get(key);
      const what = key === '' ? '“其他地区”' : key;
      if (earlier !== undefined) {
        faults.push({ path: `rules.${index}.provinces`, message: `${what}已在第 ${earlier + 1} 条规则中` });
      }
      seen.set(key, earlier ?? index);
    }
  }
  return faults;
}
