export { SHARED_PRODUCTS, type SharedProduct, type SharedProducts } from './shared-products.js';
