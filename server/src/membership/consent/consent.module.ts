import { Module } from '@nestjs/common';
import { Consents } from './consents.js';
import { MergeConsents } from './merge-consents.part.js';

@Module({ providers: [Consents, MergeConsents], exports: [Consents] })
export class ConsentModule {}
