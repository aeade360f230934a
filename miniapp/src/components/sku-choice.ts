/** Choosing a SKU by its options, as pure questions. A choice holds one value per option, or null. */
import type { ProductDetail, Sku } from '@mall/shared/catalogue';

export type Choice = readonly (string | null)[];

/** The values to begin with: those of the only SKU, or whatever leaves no choice. */
export function firstChoice(product: Pick<ProductDetail, 'options' | 'skus'>): Choice {
  const [only, ...others] = product.skus;
  if (only !== undefined && others.length === 0) return only.optionValues;
  return product.options.map((option) => (option.values.length === 1 ? (option.values[0] ?? null) : null));
}

const matches = (sku: Sku, choice: Choice) =>
  choice.every((value, index) => value === null || sku.optionValues[index] === value);

/** The chosen SKU; null while an option is open or when the combination does not exist. */
export function chosenSku(product: Pick<ProductDetail, 'skus'>, choice: Choice): Sku | null {
  if (choice.includes(null)) return null;
  return product.skus.find((sku) => matches(sku, choice)) ?? null;
}

/** Whether a value still leads to something, given the other choices. */
export function valueState(
  product: Pick<ProductDetail, 'skus'>,
  choice: Choice,
  option: number,
  value: string,
): 'open' | 'sold-out' | 'absent' {
  const wanted = choice.map((chosen, index) => (index === option ? value : chosen));
  const candidates = product.skus.filter((sku) => matches(sku, wanted));
  if (candidates.length === 0) return 'absent';
  return candidates.some((sku) => sku.available > 0) ? 'open' : 'sold-out';
}

/** The names of the options that are still open, e.g. `颜色`. */
export function openOptions(product: Pick<ProductDetail, 'options'>, choice: Choice): string[] {
  return product.options.filter((_, index) => (choice[index] ?? null) === null).map((option) => option.name);
}
