/** Injects the checked {@link import('./environment.js').Environment}. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');
