import type { Address } from '@mall/shared/membership';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AddressDto, AddressInputDto } from './address.dto.js';
import { Addresses } from './addresses.js';

@ApiTags('me: addresses')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/me/addresses')
export class AddressesController {
  constructor(
    private readonly addresses: Addresses,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @ApiOperation({ summary: 'My address book, default first' })
  @ApiOkResponse({ type: [AddressDto] })
  list(@CurrentMember() actor: MemberActor): Promise<Address[]> {
    return this.addresses.list(this.database, actor.memberId);
  }

  @Post()
  @ApiOperation({ summary: 'Adds an address; a book holds 20' })
  @ApiCreatedResponse({ type: AddressDto })
  add(@CurrentMember() actor: MemberActor, @Body() input: AddressInputDto): Promise<Address> {
    return this.unitOfWork.run((tx) => this.addresses.add(tx, actor.memberId, input));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Replaces an address' })
  @ApiOkResponse({ type: AddressDto })
  @ApiNotFoundResponse({ description: 'Unknown, or not mine' })
  change(
    @CurrentMember() actor: MemberActor,
    @Param('id') id: string,
    @Body() input: AddressInputDto,
  ): Promise<Address> {
    return this.unitOfWork.run((tx) => this.addresses.change(tx, actor.memberId, id, input));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Removes an address; orders keep their own copy' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'Unknown, or not mine' })
  remove(@CurrentMember() actor: MemberActor, @Param('id') id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.addresses.remove(tx, actor.memberId, id));
  }
}
