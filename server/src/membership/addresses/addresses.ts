import type { Address, AddressInput } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { AddressEntity } from './address.entity.js';

const SLOTS = 20;
type Person = Pick<Address, 'recipient' | 'phone' | 'detail'>;

/** A member's address book. Another member's address is never found, changed or removed: the id alone opens nothing. */
@Injectable()
export class Addresses {
  constructor(
    private readonly sealed: SealedText,
    private readonly clock: BusinessClock,
  ) {}

  /** Default first, then the newest. */
  async list(reader: Reader, memberId: string): Promise<Address[]> {
    const rows = await reader.query<AddressEntity>(
      'SELECT * FROM addresses WHERE memberId = ? ORDER BY CASE WHEN defaultOf IS NULL THEN 1 ELSE 0 END, id DESC',
      [memberId],
    );
    return rows.map((row) => this.toAddress(row));
  }

  /** Null for an unknown id and for another member's address alike. */
  async find(reader: Reader, memberId: string, addressId: string): Promise<Address | null> {
    const row = await reader.first<AddressEntity>('SELECT * FROM addresses WHERE id = ? AND memberId = ?', [
      addressId,
      memberId,
    ]);
    return row === null ? null : this.toAddress(row);
  }

  /** Throws 422 when the book is full. */
  async add(tx: Tx, memberId: string, input: AddressInput): Promise<Address> {
    const now = this.clock.now();
    const row: AddressEntity = {
      id: newId('adr'),
      memberId,
      slot: 0,
      defaultOf: null,
      ...this.contentOf(input),
      createdAt: now,
      updatedAt: now,
    };
    if (!(await this.insertIntoFreeSlot(tx, row))) {
      throw new ProblemError(ProblemType.ValidationFailed, { detail: `最多保存 ${SLOTS} 个地址` });
    }
    if (input.isDefault) await this.makeDefault(tx, memberId, row.id);
    return { id: row.id, ...input };
  }

  /** Throws 404 for what is not hers. */
  async change(tx: Tx, memberId: string, addressId: string, input: AddressInput): Promise<Address> {
    const { personSealed, province, city, district } = this.contentOf(input);
    const changed = await tx.execute(
      `UPDATE addresses SET personSealed = ?, province = ?, city = ?, district = ?, defaultOf = NULL, updatedAt = ?
       WHERE id = ? AND memberId = ?`,
      [personSealed, province, city, district, this.clock.now(), addressId, memberId],
    );
    if (changed === 0) throw notFound();
    if (input.isDefault) await this.makeDefault(tx, memberId, addressId);
    return { id: addressId, ...input };
  }

  /** Throws 404 for what is not hers. */
  async remove(tx: Tx, memberId: string, addressId: string): Promise<void> {
    const removed = await tx.execute('DELETE FROM addresses WHERE id = ? AND memberId = ?', [addressId, memberId]);
    if (removed === 0) throw notFound();
  }

  private async insertIntoFreeSlot(tx: Tx, row: AddressEntity): Promise<boolean> {
    const rows = await tx.query<{ slot: number }>('SELECT slot FROM addresses WHERE memberId = ?', [row.memberId]);
    const taken = new Set(rows.map(({ slot }) => slot));
    for (let slot = 1; slot <= SLOTS; slot += 1) {
      if (!taken.has(slot) && (await tx.insertOnce(AddressEntity, { ...row, slot }))) return true;
    }
    return false;
  }

  private async makeDefault(tx: Tx, memberId: string, addressId: string): Promise<void> {
    // All of her rows are locked first: two requests that each want another default come one after the other.
    await tx.execute('UPDATE addresses SET defaultOf = NULL WHERE memberId = ?', [memberId]);
    await tx.execute('UPDATE addresses SET defaultOf = ? WHERE id = ?', [memberId, addressId]);
  }

  private contentOf(input: AddressInput): Pick<AddressEntity, 'personSealed' | 'province' | 'city' | 'district'> {
    const person: Person = { recipient: input.recipient, phone: input.phone, detail: input.detail };
    return {
      personSealed: this.sealed.seal(JSON.stringify(person)),
      province: input.province,
      city: input.city,
      district: input.district,
    };
  }

  private toAddress(row: AddressEntity): Address {
    const person = JSON.parse(this.sealed.open(row.personSealed)) as Person;
    const { id, province, city, district } = row;
    return { id, ...person, province, city, district, isDefault: row.defaultOf !== null };
  }
}
