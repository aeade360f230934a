export { GuideGoodsModule } from './guide-goods.module.js';
