export { GuideNotices } from './guide-notices.js';
export { NoticesModule } from './notices.module.js';
