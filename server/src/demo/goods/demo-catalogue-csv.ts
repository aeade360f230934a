import { fen, formatYuan } from '@mall/shared/money';
import { demoProductInput } from './demo-product-input.js';
import { DEMO_PRODUCTS } from './demo-products.js';

const HEADER = [
  ...['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Type', 'Tags', 'Published'],
  ...['Option1 Name', 'Option1 Value', 'Option2 Name', 'Option2 Value', 'Option3 Name', 'Option3 Value'],
  ...['Variant SKU', 'Variant Inventory Qty', 'Variant Price', 'Variant Compare At Price', 'Cost per item'],
];

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const yuan = (amount: number | null | undefined): string => (amount == null ? '' : formatYuan(fen(amount)));

/** The demo shop as a catalogue file: the format of `POST /api/hq/catalogue/imports`, without pictures. */
export function demoCatalogueCsv(): string {
  const lines = DEMO_PRODUCTS.map(demoProductInput).flatMap((product) =>
    product.skus.map((sku, index) => {
      const head = [product.title, product.descriptionHtml, product.brandName, product.categoryNames.join(' > ')];
      const texts = [...head, product.tags.join(', '), 'true'];
      const options = [0, 1, 2].flatMap((at) => [
        index === 0 ? (product.optionNames[at] ?? (at === 0 ? 'Title' : '')) : '',
        sku.optionValues[at] ?? (at === 0 ? 'Default Title' : ''),
      ]);
      return [
        product.handle,
        ...(index === 0 ? texts : texts.map(() => '')),
        ...options,
        ...[sku.code, String(sku.quantity ?? 0), yuan(sku.priceFen), yuan(sku.compareAtFen), yuan(sku.costFen)],
      ];
    }),
  );
  return [HEADER, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}
