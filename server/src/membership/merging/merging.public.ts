export { MemberCases } from './member-cases.js';
export { type MergeCause, MergeMembers, type MergeOutcome } from './merge-members.service.js';
export { type MemberMerge, type MergePart, MergesMembers } from './merge-part.js';
export { MergingModule } from './merging.module.js';
export { UniteEntries } from './unite-entries.service.js';
