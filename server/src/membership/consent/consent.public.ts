export { ConsentModule } from './consent.module.js';
export { type ConsentAct, Consents, POLICY_VERSION } from './consents.js';
export { PolicyBook } from './policy-book.js';
