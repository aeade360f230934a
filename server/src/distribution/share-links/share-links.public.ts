export { MakeShareLink } from './make-share-link.service.js';
export { RecordTouch } from './record-touch.service.js';
export { ShareActivity } from './share-activity.js';
export { GuideChipDto } from './share-link.dto.js';
export { ShareLinkQueries } from './share-link.queries.js';
export { pathOf, ShareLinks, targetPage } from './share-links.js';
export { ShareLinksModule } from './share-links.module.js';
export { type Touch, Touches, type TouchValidity } from './touches.js';
