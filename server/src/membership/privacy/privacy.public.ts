export {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from './personal-data-part.js';
export { PrivacyModule } from './privacy.module.js';
