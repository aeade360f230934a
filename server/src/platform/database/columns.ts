import { Column, PrimaryColumn } from 'typeorm';
import { markSealed } from '../crypto/sealed-columns.js';

/**
 * Column kinds that mean the same on SQLite, MySQL, MariaDB and TiDB. Entities use these and nothing else.
 * Column names are the property names, so that a raw row is typed as it comes.
 */
interface Nullable {
  nullable?: boolean;
}

/** Columns that were added to a table with rows have a default, for those rows. */
interface Shape<V> extends Nullable {
  default?: V;
}

// MySQL drivers hand bigint out as text through the ORM; every value here is a safe integer.
const integer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
};

export const IdColumn = (): PropertyDecorator => PrimaryColumn({ type: 'varchar', length: 36 });

/** Holds another row's id. */
export const RefColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: 36, nullable });

export const TextColumn = (length: number, { nullable = false, ...rest }: Shape<string> = {}): PropertyDecorator =>
  Column({ type: 'varchar', length, nullable, ...rest });

/** Up to 16 MiB: `text` is MEDIUMTEXT on the MySQL family (create-tables.ts, data-source.ts). */
export const LongTextColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'text', nullable });

/**
 * Text of `SealedText` (platform/crypto), of `length` at most, else of any. Rotating the data key finds these columns by
 * this mark and seals them anew; the table's key must be `id`.
 */
export const SealedColumn = ({ length, nullable = false }: Nullable & { length?: number } = {}): PropertyDecorator => {
  const column = length === undefined ? LongTextColumn({ nullable }) : TextColumn(length, { nullable });
  return (prototype, property) => {
    markSealed(prototype, String(property));
    column(prototype, property);
  };
};

/** JSON as text: the databases' own JSON types differ. */
export const JsonColumn = LongTextColumn;

/** Integer fen (R1.1). */
export const FenColumn = ({ nullable = false, ...rest }: Shape<number> = {}): PropertyDecorator =>
  Column({ type: 'bigint', nullable, transformer: integer, ...rest });

/** UTC epoch milliseconds (docs/decisions/0002). */
export const InstantColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'bigint', nullable, transformer: integer });

/** A small whole number: quantities, basis points, positions, counters. */
export const CountColumn = ({ nullable = false, ...rest }: Shape<number> = {}): PropertyDecorator =>
  Column({ type: 'integer', nullable, ...rest });
