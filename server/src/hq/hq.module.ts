import { Module } from '@nestjs/common';
import { ImportsModule } from './imports/imports.module.js';
import { HqUsersModule } from './users/users.module.js';

/** Headquarters: who may sign in, what was changed, what is imported. */
@Module({ imports: [HqUsersModule, ImportsModule] })
export class HqModule {}
