import { Module } from '@nestjs/common';
import { Consents } from './consents.js';

@Module({ providers: [Consents], exports: [Consents] })
export class ConsentModule {}
