import type { StoreInput } from '@mall/shared/guides';

/** The demo group's stores. Made-up names; the cities are real so that freight and same-city figures mean something. */
export const DEMO_STORES: readonly StoreInput[] = [
  { code: 'SH-JA', name: '静安店', type: 'direct', province: '上海市', city: '上海市' },
  { code: 'SH-XH', name: '徐汇店', type: 'direct', province: '上海市', city: '上海市' },
  { code: 'HZ-XH', name: '西湖店', type: 'direct', province: '浙江省', city: '杭州市' },
  { code: 'NJ-GL', name: '鼓楼店', type: 'franchise', province: '江苏省', city: '南京市' },
];

export interface DemoGuide {
  /** Who she is in the emulator. */
  persona: string;
  name: string;
  storeCode: string;
  tier: string;
}

export const DEMO_GUIDES: readonly DemoGuide[] = [
  { persona: 'chenjing', name: '陈静', storeCode: 'SH-JA', tier: '资深' },
  { persona: 'guide-liuwen', name: '刘雯', storeCode: 'SH-JA', tier: '标准' },
  { persona: 'guide-zhouyi', name: '周宜', storeCode: 'SH-XH', tier: '资深' },
  { persona: 'guide-xumin', name: '许敏', storeCode: 'SH-XH', tier: '标准' },
  { persona: 'guide-shenqing', name: '沈晴', storeCode: 'HZ-XH', tier: '标准' },
  { persona: 'guide-hejia', name: '何佳', storeCode: 'HZ-XH', tier: '标准' },
  { persona: 'guide-sunyue', name: '孙悦', storeCode: 'NJ-GL', tier: '资深' },
  { persona: 'guide-tanglin', name: '唐琳', storeCode: 'NJ-GL', tier: '标准' },
];
