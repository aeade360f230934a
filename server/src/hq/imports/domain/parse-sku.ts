import type { CatalogueRow, Layout } from './catalogue-columns.js';
import { cutTo, oneLine, pictureAddress } from './clean-text.js';
import type { Findings } from './findings.js';
import { MAX_QUANTITY, parsePrice, parseQuantity } from './parse-amounts.js';
import type { ParsedSku } from './parsed-product.js';

const CODE_LENGTH = 100;

export interface SkuContext {
  handle: string;
  layout: Layout;
  findings: Findings;
  /** First line of every SKU code of the file. */
  codes: Map<string, number>;
}

function quantityOf(row: CatalogueRow, { handle, layout, findings }: SkuContext): number | undefined {
  if (!layout.has('quantity')) return undefined;
  const text = row.cell('quantity');
  const warn = (code: string, message: string) => findings.warn(row.line, handle, code, message);
  if (text === '') {
    warn('stock_missing', '库存为空，按 0 导入');
    return 0;
  }
  const quantity = parseQuantity(text);
  if (quantity === null) {
    warn('stock_invalid', `库存“${cutTo(text, 20)}”不是整数，按 0 导入`);
    return 0;
  }
  if (quantity < 0) {
    warn('stock_negative', `库存为 ${quantity}，按 0 导入`);
    return 0;
  }
  if (quantity > MAX_QUANTITY) {
    warn('stock_too_large', `库存 ${quantity} 太大，按 ${MAX_QUANTITY} 导入`);
    return MAX_QUANTITY;
  }
  return quantity;
}

/** Compare-at price or cost: a bad one is left out, which costs the merchant less than losing the row. */
function optionalPrice(row: CatalogueRow, column: 'compareAt' | 'cost', context: SkuContext): number | null {
  const text = row.cell(column);
  if (text === '') return null;
  const parsed = parsePrice(text);
  if ('fen' in parsed) return parsed.fen;
  const [code, name] = column === 'cost' ? ['cost_invalid', '成本'] : ['compare_at_invalid', '划线价'];
  context.findings.warn(row.line, context.handle, code, `${name}“${cutTo(text, 20)}”未导入：${parsed.fault}`);
  return null;
}

function codeOf(row: CatalogueRow, { handle, findings, codes }: SkuContext): string {
  const full = oneLine(row.cell('code'));
  const code = cutTo(full, CODE_LENGTH);
  if (code !== full) findings.warn(row.line, handle, 'sku_code_cut', `SKU 编码超过 ${CODE_LENGTH} 个字，已截断`);
  if (code === '') return code;
  const first = codes.get(code);
  if (first === undefined) codes.set(code, row.line);
  else findings.warn(row.line, handle, 'sku_code_repeated', `SKU 编码“${code}”与第 ${first} 行重复，按规格区分`);
  return code;
}

function pictureOf(row: CatalogueRow, { handle, findings }: SkuContext): string | null {
  const text = row.cell('variantImage');
  if (text === '') return null;
  const address = pictureAddress(text);
  if (address === null) findings.warn(row.line, handle, 'image_dropped', '规格图片地址不是 http(s)，未导入');
  return address;
}

/** Reads the SKU of a row, or refuses the row: a SKU without a certain price cannot be sold. */
export function parseSku(row: CatalogueRow, optionValues: string[], context: SkuContext): ParsedSku | null {
  const { handle, layout, findings } = context;
  const text = row.cell('price');
  if (text === '') {
    findings.refuse(row.line, handle, 'price_missing', '缺少价格');
    return null;
  }
  const price = parsePrice(text);
  if ('fault' in price) {
    findings.refuse(row.line, handle, 'price_invalid', `${price.fault}（“${cutTo(text, 20)}”）`);
    return null;
  }
  if (price.fen === 0) findings.warn(row.line, handle, 'price_zero', '价格为 0，已导入但不上架');
  const compareAtFen = optionalPrice(row, 'compareAt', context);
  return {
    line: row.line,
    optionValues,
    code: codeOf(row, context),
    priceFen: price.fen,
    compareAtFen: compareAtFen === 0 ? null : compareAtFen,
    costFen: layout.has('cost') ? optionalPrice(row, 'cost', context) : undefined,
    imageUrl: pictureOf(row, context),
    quantity: quantityOf(row, context),
  };
}
