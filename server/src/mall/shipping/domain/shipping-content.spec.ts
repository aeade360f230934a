import { judgeReceipt, receivedAt } from './judge-receipt.js';
import { contactOf, itemDescOf, nextUploadTime } from './shipping-content.js';

describe('§7 what WeChat is told of goods', () => {
  it('names the goods in one line', () => {
    const lines = [
      { title: '亚麻\n衬衫', quantity: 2 },
      { title: '棉袜', quantity: 1 },
    ];
    expect(itemDescOf(lines)).toBe('亚麻 衬衫×2、棉袜×1');
  });

  it('cuts to 120 characters and never inside one', () => {
    const desc = itemDescOf([{ title: '🧦'.repeat(200), quantity: 1 }]);
    expect([...desc]).toHaveLength(120);
    expect(desc.endsWith('🧦…')).toBe(true);
    expect(itemDescOf([{ title: '袜'.repeat(118), quantity: 1 }])).toBe(`${'袜'.repeat(118)}×1`);
  });

  it('shows the last four digits of the receiver and no more', () => {
    expect(contactOf('13800138001')).toBe('138****8001');
    expect(contactOf('+86 138-0013-8002')).toBe('861****8002');
    expect(contactOf('12345')).toBeNull();
  });

  it('gives each try a later time, even when the clock stands still or went back', () => {
    expect([nextUploadTime(50, null), nextUploadTime(50, 50), nextUploadTime(50, 80)]).toEqual([50, 51, 81]);
  });
});

describe("R5.2 WeChat's word on a receipt", () => {
  it('received, done and awaiting settlement mean that she has the goods', () => {
    expect(['received', 'done', 'settling'].map(judgeReceipt)).toEqual(['received', 'received', 'received']);
    expect(['to_ship', 'shipped', null].map(judgeReceipt)).toEqual(['not_yet', 'not_yet', 'not_yet']);
    expect(judgeReceipt('refunded')).toBe('over');
  });

  it('R1.4: happened when WeChat says, but not before the goods left and not in the future', () => {
    expect(receivedAt({ leftAt: 10, claimedAt: 15, now: 20 })).toBe(15);
    expect(receivedAt({ leftAt: 10, claimedAt: 5, now: 20 })).toBe(10);
    expect(receivedAt({ leftAt: 10, claimedAt: 25, now: 20 })).toBe(20);
    expect(receivedAt({ leftAt: 10, claimedAt: null, now: 20 })).toBe(20);
  });
});
