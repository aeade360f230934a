export { AcceptInvitation } from './accept-invitation.service.js';
export { ChangeGuideStatus } from './change-guide-status.service.js';
export { GuideInvitationDto, GuideSummaryDto, toSummary } from './guide.dto.js';
export { CurrentGuide, GuideGuard, GuidesOnly } from './guide.guard.js';
export { GuideInvitations, toInvitation } from './guide-invitations.js';
export { type Guide, type GuideStatusChange, Guides } from './guides.js';
export { GuidesModule } from './guides.module.js';
export { InviteGuide } from './invite-guide.service.js';
