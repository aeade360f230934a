import { DEMO_ACCESSORIES } from './demo-accessories.data.js';
import { DEMO_CLOTHES } from './demo-clothes.data.js';
import { DEMO_HOME } from './demo-home.data.js';
import type { DemoProduct } from './demo-product.js';

export const DEMO_PRODUCTS: readonly DemoProduct[] = [...DEMO_HOME, ...DEMO_ACCESSORIES, ...DEMO_CLOTHES];

/** The group's two brands by the beginning of a handle. */
export function demoBrandOf(handle: string): string {
  return handle.startsWith('hx-') ? '禾序' : '拾屿';
}
