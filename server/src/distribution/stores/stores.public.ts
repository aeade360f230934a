import { StoreEntity } from './store.entity.js';

export { OpenStore } from './open-store.service.js';
export { Stores } from './stores.js';
export { StoresModule } from './stores.module.js';

export const STORES_ENTITIES = [StoreEntity];
