import type { FreightRule } from '@mall/shared/hq';

/** In force until HQ writes its own. */
export const DEFAULT_FREIGHT_RULES: readonly FreightRule[] = [
  { provinces: [], name: '全国标准配送', freightFen: 1_200, freeFromFen: 19_900, served: true },
  { provinces: ['新疆', '西藏'], name: '边远地区配送', freightFen: 2_500, freeFromFen: 39_900, served: true },
  { provinces: ['香港', '澳门', '台湾'], name: '港澳台', freightFen: 0, freeFromFen: null, served: false },
];
