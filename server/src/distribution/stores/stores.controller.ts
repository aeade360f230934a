import type { Store } from '@mall/shared/guides';
import { Body, Controller, Get, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { OpenStore } from './open-store.service.js';
import { StoreDto, StoreInputDto } from './store.dto.js';
import { Stores } from './stores.js';

@ApiTags('hq: stores and guides')
@ApiBearerAuth()
@Controller('api/hq/stores')
export class StoresController {
  constructor(
    private readonly stores: Stores,
    private readonly openStore: OpenStore,
    private readonly database: Database,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'All stores, by code' })
  @ApiOkResponse({ type: [StoreDto] })
  list(): Promise<Store[]> {
    return this.stores.all(this.database);
  }

  @Post()
  @HqOnly('operator')
  @ApiOperation({ summary: 'Opens a store' })
  @ApiCreatedResponse({ type: StoreDto })
  @ApiConflictResponse({ description: 'store-conflict: the code is taken' })
  open(@CurrentHqUser() user: HqActor, @Body() input: StoreInputDto): Promise<Store> {
    return this.openStore.execute({ id: user.userId, name: user.username }, input);
  }
}
