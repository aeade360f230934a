import { Module } from '@nestjs/common';
import { HqUsersModule } from './users/users.module.js';

/** Headquarters: who may sign in, what was changed, what is imported. */
@Module({ imports: [HqUsersModule] })
export class HqModule {}
