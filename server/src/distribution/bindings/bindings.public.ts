export type { Binding, BindingCause, BindingNow, BindingRelation, BoundCustomer } from './binding-reads.js';
export { type BindingChange, Bindings, type BindOutcome, type PaidOrderOutcome } from './bindings.js';
export { BindingsModule } from './bindings.module.js';
export { type BindingWindow, type HoldingOrder, isValidAt, protectedUntilAt } from './domain/binding-windows.js';
