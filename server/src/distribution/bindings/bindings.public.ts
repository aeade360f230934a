import { BindingEntity } from './binding.entity.js';
import { BindingOrderEntity } from './binding-order.entity.js';

export type { Binding, BindingCause, BindingNow, BoundCustomer } from './binding-reads.js';
export { type BindingChange, Bindings, type BindOutcome, type PaidOrderOutcome } from './bindings.js';
export { BindingsModule } from './bindings.module.js';

export const BINDINGS_ENTITIES = [BindingEntity, BindingOrderEntity];
