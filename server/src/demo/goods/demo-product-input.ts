import type { ProductInput, SkuInput } from '../../mall/catalog/catalog.public.js';
import { demoImageUrl } from './demo-image-url.js';
import type { DemoProduct } from './demo-product.js';
import { demoBrandOf } from './demo-products.js';

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (found, list) => found.flatMap((head) => list.map((value) => [...head, value])),
    [[]],
  );
}

function skusOf(product: DemoProduct): SkuInput[] {
  const options = product.options ?? [];
  const last = options.at(-1)?.[1] ?? [];
  return combinations(options.map(([, values]) => values)).map((optionValues, index) => {
    const step = product.stepsFen?.[last.indexOf(optionValues.at(-1) ?? '')] ?? 0;
    return {
      optionValues,
      code: `${product.handle.toUpperCase()}-${index + 1}`,
      priceFen: product.priceFen + step,
      compareAtFen: product.compareAtFen === undefined ? null : product.compareAtFen + step,
      costFen: product.costFen,
      imageUrl: null,
      // Not every size lies there in the same number.
      quantity: product.stock === 0 ? 0 : product.stock + ((index * 5) % 4),
    };
  });
}

/** A product of the demo shop as the catalogue takes it. */
export function demoProductInput(product: DemoProduct): ProductInput {
  const facts = product.facts.map((fact) => `<li>${fact}</li>`).join('');
  return {
    handle: product.handle,
    title: product.title,
    subtitle: product.subtitle,
    descriptionHtml: `<p>${product.story}</p><ul>${facts}</ul>`,
    brandName: demoBrandOf(product.handle),
    categoryNames: product.category,
    tags: product.tags,
    publish: true,
    optionNames: (product.options ?? []).map(([name]) => name),
    imageUrls: [demoImageUrl(product.handle, 'hero')],
    coverUrl: demoImageUrl(product.handle, 'card'),
    skus: skusOf(product),
    complete: true,
  };
}
