export { ChooseGuide } from './choose-guide.service.js';
export { JoinMembership } from './join-membership.service.js';
export { JoinOffers } from './join-offers.js';
export { JoinWithName } from './join-with-name.service.js';
export { MeQueries } from './me.queries.js';
export { ProfileModule } from './profile.module.js';
