import { Module } from '@nestjs/common';
import { AddressesController } from './addresses.controller.js';
import { Addresses } from './addresses.js';

@Module({ controllers: [AddressesController], providers: [Addresses], exports: [Addresses] })
export class AddressesModule {}
