import { Module } from '@nestjs/common';
import { AddressesController } from './addresses.controller.js';
import { Addresses } from './addresses.js';
import { MergeAddresses } from './merge-addresses.part.js';
import { AddressPersonalData } from './personal-addresses.part.js';

@Module({
  controllers: [AddressesController],
  providers: [AddressPersonalData, Addresses, MergeAddresses],
  exports: [Addresses],
})
export class AddressesModule {}
