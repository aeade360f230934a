import { Injectable } from '@nestjs/common';
import { getMetadataArgsStorage } from 'typeorm';
import { sealedProperties } from '../../platform/crypto/sealed-columns.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';

const BATCH = 100;
const COUNTRY_CODES = ['86', ...Array.from({ length: 999 }, (_, code) => String(code + 1))];

interface SealedColumnName {
  table: string;
  column: string;
}

interface SealedRow {
  id: string;
  sealed: string;
  phoneHash: string | null;
}

export interface RotationResult {
  resealed: number;
  /** Rows that the current key has not sealed, and hashes that nobody finds again; 0 unless somebody still writes under an old key. */
  left: number;
}

/**
 * Seals anew what older keys have sealed, so that they can be forgotten. Row by row, by conditional updates, in small
 * transactions: the mall may run meanwhile, and a run that was killed is simply run again.
 */
@Injectable()
export class RotateDataKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sealed: SealedText,
  ) {}

  async execute(): Promise<RotationResult> {
    let resealed = 0;
    for (const name of this.columns()) resealed += await this.rotate(name);
    return { resealed, left: await this.left() };
  }

  /** Every column of the schema that holds sealed text, by the marks of its entities. */
  columns(): SealedColumnName[] {
    const { tables } = getMetadataArgsStorage();
    return sealedProperties().map(({ entity, property }) => {
      const table = tables.find(({ target }) => target === entity)?.name;
      if (table === undefined) throw new Error(`the entity of the sealed column ${property} has no table name`);
      return { table, column: property };
    });
  }

  private async rotate(name: SealedColumnName): Promise<number> {
    let done = 0;
    for (let after = ''; ; ) {
      const last = await this.unitOfWork.run(async (tx) => {
        const rows = await this.olderThanCurrent(tx, name, after);
        let changed = 0;
        for (const row of rows) changed += await this.reseal(tx, name, row);
        return { id: rows.at(-1)?.id, changed };
      });
      done += last.changed;
      if (last.id === undefined) return done;
      after = last.id;
    }
  }

  private olderThanCurrent(tx: Tx, { table, column }: SealedColumnName, after: string): Promise<SealedRow[]> {
    const hash = table === 'members' ? 'phoneHash' : 'NULL';
    return tx.query<SealedRow>(
      `SELECT id, ${column} AS sealed, ${hash} AS phoneHash FROM ${table}
       WHERE id > ? AND ${column} IS NOT NULL AND ${column} NOT LIKE ? ORDER BY id LIMIT ${BATCH}`,
      [after, `${this.sealed.currentPrefix}%`],
    );
  }

  /** Only if nobody changed the row meanwhile: what was written then is sealed by its writer. */
  private async reseal(tx: Tx, { table, column }: SealedColumnName, row: SealedRow): Promise<number> {
    const text = this.sealed.open(row.sealed);
    const again = this.sealed.seal(text);
    if (table !== 'members' || row.phoneHash === null) {
      return tx.execute(`UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} = ?`, [
        again,
        row.id,
        row.sealed,
      ]);
    }
    const hash = this.rehash(row.id, text, row.phoneHash);
    await tx.execute('UPDATE member_cases SET phoneHash = ? WHERE phoneHash = ?', [hash, row.phoneHash]);
    return tx.execute('UPDATE members SET phoneSealed = ?, phoneHash = ? WHERE id = ? AND phoneSealed = ?', [
      again,
      hash,
      row.id,
      row.sealed,
    ]);
  }

  /** The country's code is in the hash and nowhere else: it is the one that gives the old hash. */
  private rehash(id: string, phone: string, old: string): string {
    const spelled = COUNTRY_CODES.map((code) => `+${code} ${phone}`).find((text) =>
      this.sealed.lookupHashes(text).includes(old),
    );
    if (spelled === undefined) throw new Error(`the number of member ${id} does not fit its hash`);
    return this.sealed.lookupHash(spelled);
  }

  private async left(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      // A case whose number nobody holds any more has nothing left to release.
      await tx.execute(
        `UPDATE member_cases SET phoneHash = NULL WHERE phoneHash IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM members m WHERE m.phoneHash = member_cases.phoneHash)`,
      );
      let left = 0;
      for (const { table, column } of this.columns()) {
        const row = await tx.first<{ n: number }>(
          `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} IS NOT NULL AND ${column} NOT LIKE ?`,
          [`${this.sealed.currentPrefix}%`],
        );
        left += Number(row?.n ?? 0);
      }
      return left;
    });
  }
}
