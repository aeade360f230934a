export { composeDemoArt } from './compose-demo-art.js';
export { demoCatalogueCsv } from './demo-catalogue-csv.js';
export { DemoGoodsModule } from './demo-goods.module.js';
export { SeedDemoGoods } from './seed-demo-goods.service.js';
