/** R4.3 to R4.5: whether the numbers of a rule make sense by themselves. */

export interface RateNumbers {
  guideBps: number;
  storeBps: number;
  poolBps: number | null;
  effectiveFrom: number;
  effectiveTo: number | null;
  bandMinBps: number | null;
  bandMaxBps: number | null;
  depth: number;
}

/** In Chinese, with the numbers that it is about. */
export interface RateFault {
  detail: string;
  numbers: Record<string, number | string | null>;
}

const WHOLE_BPS = 10_000;

/** The first fault, or null. `now` is the business clock. */
export function checkRate(rate: RateNumbers, now: number): RateFault | null {
  return checkDepth(rate) ?? checkShares(rate) ?? checkBand(rate) ?? checkWindow(rate, now);
}

function checkDepth({ depth }: RateNumbers): RateFault | null {
  if (depth === 1) return null;
  return { detail: '平台规则只允许一级佣金，不支持多级（R4.5）', numbers: { rule: 'R4.5', depth, allowedDepth: 1 } };
}

function checkShares({ guideBps, storeBps, poolBps }: RateNumbers): RateFault | null {
  for (const [name, value] of Object.entries({ guideBps, storeBps, poolBps: poolBps ?? 0 })) {
    if (value < 0 || value > WHOLE_BPS) {
      return {
        detail: '佣金比例应在 0 到 10,000（100%）之间',
        numbers: { [name]: value, minBps: 0, maxBps: WHOLE_BPS },
      };
    }
  }
  const sumBps = guideBps + storeBps;
  const numbers = { guideBps, storeBps, poolBps, sumBps };
  if (sumBps > WHOLE_BPS) return { detail: '导购与门店比例之和不能超过 100%', numbers };
  if (poolBps !== null && sumBps > poolBps) return { detail: '导购与门店比例之和不能超过佣金池', numbers };
  return null;
}

function checkBand({ bandMinBps, bandMaxBps }: RateNumbers): RateFault | null {
  if (bandMinBps === null && bandMaxBps === null) return null;
  const numbers = { bandMinBps, bandMaxBps };
  if (bandMinBps === null || bandMaxBps === null) return { detail: '可调范围需要同时填写上限和下限', numbers };
  if (bandMinBps < 0 || bandMaxBps > WHOLE_BPS || bandMinBps > bandMaxBps) {
    return { detail: '可调范围应在 0 到 10,000 之间，且下限不高于上限', numbers };
  }
  return null;
}

function checkWindow({ effectiveFrom, effectiveTo }: RateNumbers, now: number): RateFault | null {
  if (effectiveFrom < now) return { detail: '生效时间不能早于现在', numbers: { effectiveFrom, now } };
  if (effectiveTo !== null && effectiveTo <= effectiveFrom) {
    return { detail: '结束时间应晚于生效时间', numbers: { effectiveFrom, effectiveTo } };
  }
  return null;
}
