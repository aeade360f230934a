export { DemoShopModule } from './demo-shop.module.js';
export { SeedDemoShop } from './seed-demo-shop.service.js';
