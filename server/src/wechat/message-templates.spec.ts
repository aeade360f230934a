import { DEFAULT_KEYS, demoTemplates, readTemplates } from './message-templates.js';

function read(value: Record<string, unknown>) {
  const faults: string[] = [];
  return { templates: readTemplates(value, (sentence) => faults.push(sentence)), faults };
}

describe('templates of subscribe messages', () => {
  it('takes a template with keys of its own, and the usual keys without', () => {
    const { templates, faults } = read({
      'order-shipped': { id: 'abc_DEF-1', keys: { goods: 'thing3', time: 'date2' } },
      'payout-arrived': { id: 'xyz' },
    });
    expect(faults).toEqual([]);
    expect(templates['order-shipped']).toEqual({ id: 'abc_DEF-1', keys: { goods: 'thing3', time: 'date2' } });
    expect(templates['payout-arrived']?.keys).toEqual(DEFAULT_KEYS['payout-arrived']);
  });

  it('says one sentence for each fault', () => {
    expect(read({ 'order-lost': { id: 'a' } }).faults).toEqual([
      expect.stringContaining('there is no message "order-lost"'),
    ]);
    expect(read({ 'order-shipped': {} }).faults).toEqual(['"order-shipped" has no template id of WeChat\'s']);
    expect(read({ 'order-shipped': { id: 'a', keys: {} } }).faults).toEqual([expect.stringContaining('says nothing')]);
    const wrong = read({ 'order-shipped': { id: 'a', keys: { goods: 'thingy1', price: 'amount1' } } });
    expect(wrong.faults).toEqual([
      expect.stringContaining('"goods" must be'),
      expect.stringContaining('"price" must be'),
    ]);
    expect(wrong.templates).toEqual({});
  });

  it('has a template of every kind in the demo', () => {
    expect(Object.keys(demoTemplates())).toHaveLength(5);
  });
});
