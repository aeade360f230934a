import type { EntityClass } from '../platform/database/tx.js';
import { Initial1790000000000 } from './0001-initial.js';

/** In order. A migration that has landed is never edited; a new one is added. */
export const MIGRATIONS: EntityClass<object>[] = [Initial1790000000000];
