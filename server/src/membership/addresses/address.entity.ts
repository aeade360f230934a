import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  RefColumn,
  SealedColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** An entry of a member's address book. The unique keys hold both limits: 20 slots, one default. */
@Entity('addresses')
@Index(['memberId', 'slot'], { unique: true })
@Index(['defaultOf'], { unique: true })
export class AddressEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** 1 to 20: a place in the book, not its order. */
  @CountColumn()
  slot: number;

  /** The member's id on her default address, else null. */
  @RefColumn({ nullable: true })
  defaultOf: string | null;

  /** Recipient, phone and detail: sealed JSON. Region stays readable, since freight depends on it. */
  @SealedColumn()
  personSealed: string;

  @TextColumn(30)
  province: string;

  @TextColumn(30)
  city: string;

  @TextColumn(30)
  district: string;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;

  /** Business clock. */
  @InstantColumn()
  updatedAt: number;
}
