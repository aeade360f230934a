import type { FreightRule } from '@mall/shared/hq';

/** ¥12, free from ¥199; the far west dearer; no delivery abroad or over a customs border. */
export const DEMO_FREIGHT: FreightRule[] = [
  { provinces: [], name: '普通快递', freightFen: 1_200, freeFromFen: 19_900, served: true },
  {
    provinces: ['新疆维吾尔自治区', '西藏自治区'],
    name: '偏远地区快递',
    freightFen: 2_500,
    freeFromFen: 39_900,
    served: true,
  },
  {
    provinces: ['香港特别行政区', '澳门特别行政区', '台湾省'],
    name: '暂不配送',
    freightFen: 0,
    freeFromFen: null,
    served: false,
  },
];
