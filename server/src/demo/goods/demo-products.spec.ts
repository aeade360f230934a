import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoProductInput } from './demo-product-input.js';
import { DEMO_PRODUCTS } from './demo-products.js';
import { DEMO_TINTS } from './demo-tints.js';

const ASSETS = join(dirname(require.resolve('@lobehub/fluent-emoji-3d/package.json')), 'assets');

describe('demo goods', () => {
  it('are some sixty products of two brands with distinct handles and titles', () => {
    const inputs = DEMO_PRODUCTS.map(demoProductInput);
    expect(inputs.length).toBeGreaterThanOrEqual(58);
    expect(new Set(inputs.map(({ handle }) => handle)).size).toBe(inputs.length);
    expect(new Set(inputs.map(({ title }) => title)).size).toBe(inputs.length);
    expect(new Set(inputs.map(({ brandName }) => brandName)).size).toBe(2);
  });

  it.each(DEMO_PRODUCTS.map((product) => [product.handle, product] as const))(
    '%s can be sold and drawn',
    (_, product) => {
      const { skus, optionNames } = demoProductInput(product);
      expect(DEMO_TINTS).toHaveProperty(product.category[0]);
      for (const code of product.art) expect(existsSync(join(ASSETS, `${code}.webp`))).toBe(true);
      expect(optionNames.length).toBeLessThanOrEqual(3);
      for (const sku of skus) {
        expect(sku.optionValues).toHaveLength(optionNames.length);
        expect(sku.costFen).toBeLessThan(sku.priceFen);
        expect(sku.compareAtFen ?? sku.priceFen + 1).toBeGreaterThan(sku.priceFen);
      }
      if (product.stepsFen) expect(product.stepsFen).toHaveLength(product.options?.at(-1)?.[1].length ?? -1);
    },
  );
});
