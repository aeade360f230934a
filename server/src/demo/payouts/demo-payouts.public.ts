export { DemoPayoutsModule } from './demo-payouts.module.js';
