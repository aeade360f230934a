import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { MembersModule } from '../members/members.public.js';
import { CloseAccount } from './close-account.service.js';
import { ClosingEntry } from './closing-entry.js';
import { ClosureClocks } from './closure-clocks.js';
import { ClosureObstacles } from './closure-obstacles.js';
import { ConfirmByLogin } from './confirm-by-login.js';
import { EraseAccount } from './erase-account.service.js';
import { EraseClosedAccounts } from './erase-closed-accounts.job.js';
import { GatherPersonalData, MakeExports } from './make-exports.job.js';
import { MergePrivacy } from './merge-privacy.part.js';
import { PersonalDataParts } from './personal-data-part.js';
import { EntryPersonalData } from './personal-entry.part.js';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyQueries } from './privacy.queries.js';
import { RequestExport } from './request-export.service.js';
import { RotateDataKey } from './rotate-data-key.service.js';

/** What a member may ask of her own data: a copy, and its end. The rooms above bring their parts by a mark. */
@Module({
  imports: [DiscoveryModule, MembersModule],
  controllers: [PrivacyController],
  providers: [
    CloseAccount,
    ClosingEntry,
    ClosureClocks,
    ClosureObstacles,
    ConfirmByLogin,
    EntryPersonalData,
    EraseAccount,
    EraseClosedAccounts,
    GatherPersonalData,
    MakeExports,
    MergePrivacy,
    PersonalDataParts,
    PrivacyQueries,
    RequestExport,
    RotateDataKey,
  ],
})
export class PrivacyModule {}
