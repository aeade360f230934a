import { Module } from '@nestjs/common';
import { ConsentController } from './consent.controller.js';
import { ConsentQueries } from './consent.queries.js';
import { Consents } from './consents.js';
import { DecideConsent } from './decide-consent.service.js';
import { MergeConsents } from './merge-consents.part.js';
import { ConsentPersonalData } from './personal-consents.part.js';
import { PolicyBook } from './policy-book.js';

@Module({
  controllers: [ConsentController],
  providers: [ConsentPersonalData, ConsentQueries, Consents, DecideConsent, MergeConsents, PolicyBook],
  exports: [Consents, PolicyBook],
})
export class ConsentModule {}
