/**
 * Prints a migration that makes every table of schema.ts, in TypeORM's Table API, so that one text serves SQLite,
 * MySQL, MariaDB and TiDB. It is read before it is committed; a table that exists already is not compared here, that
 * is migration-drift's job.
 *
 * Usage: node server/dist/tools/draft-migration.js NAME [table …] > server/src/migrations/NNNN-name.ts
 */
import { DataSource, type EntityMetadata } from 'typeorm';
import { ENTITIES } from '../src/schema.js';

function columnText(column: EntityMetadata['columns'][number]): string {
  const parts = [`name: '${column.databaseName}'`, `type: '${String(column.type)}'`];
  if (column.length) parts.push(`length: '${column.length}'`);
  if (column.isPrimary) parts.push('isPrimary: true');
  if (column.isNullable) parts.push('isNullable: true');
  return `{ ${parts.join(', ')} }`;
}

function namesText(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}

function tableText(metadata: EntityMetadata): string {
  const indices = metadata.indices.map(
    (index) =>
      `{ name: '${index.name}', columnNames: ${namesText(index.columns.map((column) => column.databaseName))}${index.isUnique ? ', isUnique: true' : ''} }`,
  );
  const foreignKeys = metadata.foreignKeys.map(
    (key) =>
      `{ name: '${key.name}', columnNames: ${namesText(key.columnNames)}, referencedTableName: '${key.referencedTablePath}', referencedColumnNames: ${namesText(key.referencedColumnNames)}, onDelete: 'NO ACTION', onUpdate: 'NO ACTION' }`,
  );
  const checks = metadata.checks.map(
    (check) => `{ name: '${check.name}', expression: ${JSON.stringify(check.expression)} }`,
  );
  const lines = [
    `name: '${metadata.tableName}'`,
    `columns: [\n${metadata.columns.map((column) => `        ${columnText(column)},`).join('\n')}\n      ]`,
  ];
  for (const [name, list] of Object.entries({ indices, foreignKeys, checks })) {
    if (list.length > 0) lines.push(`${name}: [\n${list.map((text) => `        ${text},`).join('\n')}\n      ]`);
  }
  return `  {\n${lines.map((line) => `      ${line},`).join('\n')}\n  },`;
}

async function main(): Promise<void> {
  const [name = 'Initial', ...only] = process.argv.slice(2);
  const source = await new DataSource({
    type: 'better-sqlite3',
    database: ':memory:',
    entities: ENTITIES,
  }).initialize();
  const tables = ENTITIES.map((entity) => source.getMetadata(entity)).filter(
    (metadata) => only.length === 0 || only.includes(metadata.tableName),
  );
  const className = `${name}${Date.now()}`;
  process.stdout.write(`import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
${tables.map(tableText).join('\n')}
];

export class ${className} implements MigrationInterface {
  name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
`);
  await source.destroy();
}

void main();
