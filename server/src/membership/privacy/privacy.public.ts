export {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from './personal-data-part.js';
export { PrivacyModule } from './privacy.module.js';
export { RotateDataKey, type RotationResult } from './rotate-data-key.service.js';
