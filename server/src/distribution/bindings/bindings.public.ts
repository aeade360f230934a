export type { Binding, BindingCause, BindingNow, BoundCustomer } from './binding-reads.js';
export { type BindingChange, Bindings, type BindOutcome, type PaidOrderOutcome } from './bindings.js';
export { BindingsModule } from './bindings.module.js';
