import { ConsentEntity } from './consent.entity.js';

export { ConsentModule } from './consent.module.js';
export { type ConsentAct, Consents, POLICY_VERSION } from './consents.js';

export const CONSENT_ENTITIES = [ConsentEntity];
