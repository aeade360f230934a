export { Addresses } from './addresses.js';
export { AddressesModule } from './addresses.module.js';
