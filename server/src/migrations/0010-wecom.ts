import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'wecom_guides',
    columns: [
      { name: 'guideId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'wecomUserId', type: 'varchar', length: '64' },
    ],
    indices: [{ name: 'IDX_6c4fc2bab144dd435786907832', columnNames: ['wecomUserId'], isUnique: true }],
  },
  {
    name: 'wecom_contact_ways',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'wecomUserId', type: 'varchar', length: '64' },
      { name: 'wayKey', type: 'varchar', length: '110', isNullable: true },
      { name: 'state', type: 'varchar', length: '30' },
      { name: 'configId', type: 'varchar', length: '64', isNullable: true },
      { name: 'qrCode', type: 'varchar', length: '300', isNullable: true },
      { name: 'createdAt', type: 'bigint' },
    ],
    indices: [
      { name: 'IDX_50e8216ce55cc5b1d10c9fb96d', columnNames: ['memberId'] },
      { name: 'IDX_ef7e77cd6bed8b77c68b9bff17', columnNames: ['state'], isUnique: true },
      { name: 'IDX_aef67ba9517a0d451270a9a9f3', columnNames: ['wayKey'], isUnique: true },
    ],
  },
  {
    name: 'wecom_contacts',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'wecomUserId', type: 'varchar', length: '64' },
      { name: 'externalUserId', type: 'varchar', length: '64' },
      { name: 'openKey', type: 'varchar', length: '130', isNullable: true },
      { name: 'guideId', type: 'varchar', length: '36', isNullable: true },
      { name: 'memberId', type: 'varchar', length: '36', isNullable: true },
      { name: 'linkedBy', type: 'varchar', length: '10', isNullable: true },
      { name: 'unionid', type: 'varchar', length: '64', isNullable: true },
      { name: 'state', type: 'varchar', length: '30' },
      { name: 'addedAt', type: 'bigint', isNullable: true },
      { name: 'endedAt', type: 'bigint', isNullable: true },
      { name: 'endedBy', type: 'varchar', length: '10', isNullable: true },
      { name: 'welcome', type: 'varchar', length: '10' },
      { name: 'lookAgainAt', type: 'bigint', isNullable: true },
      { name: 'looks', type: 'integer' },
    ],
    indices: [
      { name: 'IDX_15edd70c9c85a04944413a65ee', columnNames: ['lookAgainAt'] },
      { name: 'IDX_6e660a607066b48df232b77250', columnNames: ['memberId'] },
      { name: 'IDX_c692d13651119c9fb0b65ebb75', columnNames: ['wecomUserId', 'externalUserId'] },
      { name: 'IDX_1b968fbe043eeb850b75f37d26', columnNames: ['openKey'], isUnique: true },
    ],
  },
  {
    name: 'wecom_events',
    columns: [
      { name: 'eventHash', type: 'varchar', length: '64', isPrimary: true },
      { name: 'receivedAt', type: 'bigint' },
    ],
  },
];

export class AddWecom1795837000000 implements MigrationInterface {
  name = 'AddWecom1795837000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
