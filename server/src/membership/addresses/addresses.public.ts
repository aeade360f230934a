import { AddressEntity } from './address.entity.js';

export { Addresses } from './addresses.js';
export { AddressesModule } from './addresses.module.js';

export const ADDRESSES_ENTITIES = [AddressEntity];
