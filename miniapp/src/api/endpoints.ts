/** What the tab pages ask: shelves, and the touch of an arrival. */
import type { Brand, Category, ProductCard, ProductListQuery, ShopFront, SkuSummary } from '@mall/shared/catalogue';
import type { TouchRequest, TouchResponse } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { act, shelf } from './calls';

export const reportTouch = (touch: TouchRequest) => act<TouchResponse>('POST', '/touches', touch);
export const fetchCategories = () => shelf<Category[]>('/categories');
export const fetchShopFront = () => shelf<ShopFront>('/shop-front');
export const fetchBrands = () => shelf<Brand[]>('/brands');
export const fetchProducts = (query: ProductListQuery) => shelf<Page<ProductCard>>('/products', { ...query });
export const fetchSkus = (ids: string[]) => shelf<SkuSummary[]>('/skus', { ids: ids.join(',') });
