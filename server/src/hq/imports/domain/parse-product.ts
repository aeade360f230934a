import type { CatalogueRow } from './catalogue-columns.js';
import { cutTo, oneLine, pictureAddress } from './clean-text.js';
import { hasOptionValue, parseOptions } from './parse-options.js';
import { parseSku, type SkuContext } from './parse-sku.js';
import type { ParsedProduct, ParsedSku } from './parsed-product.js';

const TITLE_LENGTH = 200;
const BRAND_LENGTH = 80;
const CATEGORY_LENGTH = 60;
const TAG_LENGTH = 60;
const MAX_TAGS = 100;
const MAX_IMAGES = 50;
export const NO_CATEGORY = '未分类';
export const NO_BRAND = '其他品牌';

/** Rows that describe a SKU; the others bring pictures. */
function isVariant(row: CatalogueRow): boolean {
  return row.cell('price') !== '' || row.cell('code') !== '' || hasOptionValue(row);
}

function limited(row: CatalogueRow, text: string, length: number, what: string, context: SkuContext): string {
  const cut = cutTo(text, length);
  if (cut !== text) context.findings.warn(row.line, context.handle, 'text_cut', `${what}超过 ${length} 个字，已截断`);
  return cut;
}

function imagesOf(rows: readonly CatalogueRow[], { handle, findings }: SkuContext): string[] {
  const found: { url: string; position: number }[] = [];
  for (const [index, row] of rows.entries()) {
    const text = row.cell('image');
    if (text === '') continue;
    const url = pictureAddress(text);
    const position = /^\d{1,6}$/.test(row.cell('imagePosition')) ? Number(row.cell('imagePosition')) : index + 1;
    if (url === null) findings.warn(row.line, handle, 'image_dropped', '图片地址不是 http(s)，未导入');
    else if (!found.some((image) => image.url === url)) found.push({ url, position });
  }
  return found
    .sort((a, b) => a.position - b.position)
    .slice(0, MAX_IMAGES)
    .map(({ url }) => url);
}

function publicationOf(row: CatalogueRow, { handle, findings }: SkuContext): boolean {
  if (/^(draft|archived|unlisted)$/i.test(row.cell('status'))) return false;
  const text = row.cell('published');
  if (/^(|true|yes|y|1|是)$/i.test(text)) return true;
  if (!/^(false|no|n|0|否)$/i.test(text)) {
    findings.warn(row.line, handle, 'published_invalid', `Published 为“${cutTo(text, 20)}”，按不上架导入`);
  }
  return false;
}

function skusOf(rows: readonly CatalogueRow[], context: SkuContext): { names: string[]; skus: ParsedSku[] } {
  const { handle, findings } = context;
  const options = parseOptions(rows, handle, findings);
  const lines = new Map<string, number>();
  const skus: ParsedSku[] = [];
  for (const row of rows) {
    const values = options.valuesOf(row);
    const key = values.map((value) => value.normalize('NFKC')).join('\u001f');
    const first = lines.get(key);
    if (first !== undefined) {
      const what = values.length === 0 ? '没有规格的商品' : `规格“${values.join(' / ')}”`;
      findings.refuse(row.line, handle, 'options_repeated', `${what}已在第 ${first} 行，本行未导入`);
      continue;
    }
    const sku = parseSku(row, values, context);
    if (sku === null) continue;
    lines.set(key, row.line);
    skus.push(sku);
  }
  return { names: options.names, skus };
}

function warnOfMissingCost(skus: readonly ParsedSku[], { handle, findings }: SkuContext): void {
  const without = skus.filter(({ costFen }) => costFen === null);
  const [first] = without;
  if (first === undefined) return;
  findings.warn(first.line, handle, 'cost_missing', `${without.length} 个规格没有成本，毛利未知`);
}

/** Reads one product from its rows. Null when nothing of it can be imported; the reasons are in the findings. */
export function parseProduct(rows: readonly CatalogueRow[], context: SkuContext): ParsedProduct | null {
  const { handle, findings } = context;
  const refusedBefore = findings.refused.length;
  const head = rows.find((row) => oneLine(row.cell('title')) !== '');
  const refuseAll = (code: string, message: string): null => {
    for (const row of rows) findings.refuse(row.line, handle, code, message);
    return null;
  };
  if (head === undefined) return refuseAll('title_missing', '商品没有标题');
  for (const row of rows) {
    if (isVariant(row) || row.cell('image') !== '' || row === head) continue;
    findings.refuse(row.line, handle, 'row_empty', '这一行既没有规格和价格，也没有图片');
  }
  const variants = rows.filter(isVariant);
  if (variants.length === 0) return refuseAll('price_missing', '商品没有任何带价格的规格');
  const { names, skus } = skusOf(variants, context);
  if (skus.length === 0) return null;
  warnOfMissingCost(skus, context);
  const brand = oneLine(head.cell('vendor'));
  if (brand === '') findings.warn(head.line, handle, 'vendor_missing', `没有品牌，归入“${NO_BRAND}”`);
  const categories = head
    .cell('type')
    .split(' > ')
    .map(oneLine)
    .filter((name) => name !== '');
  const tags = head
    .cell('tags')
    .split(/[,，]/)
    .map(oneLine)
    .filter((tag) => tag !== '');
  return {
    handle,
    line: rows[0]?.line ?? head.line,
    title: limited(head, oneLine(head.cell('title')), TITLE_LENGTH, '标题', context),
    bodyHtml: head.cell('body'),
    brandName: brand === '' ? NO_BRAND : limited(head, brand, BRAND_LENGTH, '品牌', context),
    categoryNames: (categories.length === 0 ? [NO_CATEGORY] : categories.slice(0, 3)).map((name) =>
      limited(head, name, CATEGORY_LENGTH, '分类', context),
    ),
    tags: [...new Set(tags.map((tag) => cutTo(tag, TAG_LENGTH)))].slice(0, MAX_TAGS),
    publish: publicationOf(head, context),
    optionNames: names,
    imageUrls: imagesOf(rows, context),
    skus,
    complete: findings.refused.length === refusedBefore,
  };
}
