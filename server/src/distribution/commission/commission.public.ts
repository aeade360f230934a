export { CommissionModule } from './commission.module.js';
