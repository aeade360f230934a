import { Module } from '@nestjs/common';
import { OpenStore } from './open-store.service.js';
import { StoresController } from './stores.controller.js';
import { Stores } from './stores.js';

@Module({ controllers: [StoresController], providers: [Stores, OpenStore], exports: [Stores, OpenStore] })
export class StoresModule {}
