import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'trade_bills',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'billDate', type: 'varchar', length: '10' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'rowCount', type: 'integer' },
      { name: 'orderFen', type: 'bigint' },
      { name: 'refundFen', type: 'bigint' },
      { name: 'nextTryAt', type: 'bigint' },
      { name: 'storedAt', type: 'bigint', isNullable: true },
      { name: 'lastError', type: 'varchar', length: '200', isNullable: true },
    ],
    indices: [
      { name: 'IDX_0f69235cc7bf2638eb2a9d7893', columnNames: ['state', 'nextTryAt'] },
      { name: 'IDX_346926104c07177ae8bccf8f22', columnNames: ['billDate'], isUnique: true },
    ],
  },
  {
    name: 'trade_bill_rows',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'billDate', type: 'varchar', length: '10' },
      { name: 'kind', type: 'varchar', length: '10' },
      { name: 'number', type: 'varchar', length: '64' },
      { name: 'outTradeNo', type: 'varchar', length: '32' },
      { name: 'transactionId', type: 'varchar', length: '40' },
      { name: 'refundId', type: 'varchar', length: '40', isNullable: true },
      { name: 'status', type: 'varchar', length: '12' },
      { name: 'amountFen', type: 'bigint' },
      { name: 'tradedAt', type: 'varchar', length: '19' },
    ],
    indices: [
      { name: 'IDX_d6edbe2125a7eb0f4b86d105e3', columnNames: ['kind', 'number'] },
      { name: 'IDX_564a048215e741802075525ea2', columnNames: ['billDate', 'kind'] },
    ],
  },
  {
    name: 'bill_differences',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'billDate', type: 'varchar', length: '10' },
      { name: 'number', type: 'varchar', length: '64' },
      { name: 'kind', type: 'varchar', length: '20' },
      { name: 'subject', type: 'varchar', length: '10' },
      { name: 'billRowJson', type: 'text', isNullable: true },
      { name: 'billFen', type: 'bigint', isNullable: true },
      { name: 'ourRowJson', type: 'text', isNullable: true },
      { name: 'ourFen', type: 'bigint', isNullable: true },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'resolvedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'resolvedReason', type: 'varchar', length: '200', isNullable: true },
      { name: 'resolvedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_460e9df9f81ce5f2eef9ba24c4', columnNames: ['state', 'id'] },
      { name: 'IDX_0f53f722701a3ffea4281b06ea', columnNames: ['billDate', 'number', 'kind'], isUnique: true },
    ],
  },
];

export class TradeBills1795833102955 implements MigrationInterface {
  name = 'TradeBills1795833102955';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
