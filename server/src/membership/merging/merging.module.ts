import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { MembersModule } from '../members/members.public.js';
import { DecideMemberCase } from './decide-member-case.service.js';
import { MemberCasesController } from './member-cases.controller.js';
import { MemberCases } from './member-cases.js';
import { MergeEntry } from './merge-entry.part.js';
import { MergeMembers } from './merge-members.service.js';
import { MergeParts } from './merge-part.js';
import { SweepMergesJob } from './sweep-merges.job.js';
import { SweepMerges } from './sweep-merges.js';
import { SweepWhenMemberMerged } from './sweep-when-member-merged.handler.js';
import { UniteEntries } from './unite-entries.service.js';

/** Two entries of one person become one. The rooms above bring their parts by a mark, found when the server starts. */
@Module({
  imports: [DiscoveryModule, MembersModule],
  controllers: [MemberCasesController],
  providers: [
    DecideMemberCase,
    MemberCases,
    MergeEntry,
    MergeMembers,
    MergeParts,
    SweepMerges,
    SweepMergesJob,
    SweepWhenMemberMerged,
    UniteEntries,
  ],
  exports: [MemberCases, MergeMembers, UniteEntries],
})
export class MergingModule {}
