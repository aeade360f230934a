export { CoachingModule } from './coaching.module.js';
export { CoachingQueries } from './coaching.queries.js';
