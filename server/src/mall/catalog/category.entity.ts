import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A category; at most a few levels deep. */
@Entity('categories')
@Index(['pathKey'], { unique: true })
export class CategoryEntity {
  @IdColumn()
  id: string;

  @RefColumn({ nullable: true })
  parentId: string | null;

  @TextColumn(80)
  name: string;

  /** Names from the root, without differences of case and width: what makes a category the same one. */
  @TextColumn(255)
  pathKey: string;

  /** Order among its siblings. */
  @CountColumn()
  position: number;

  @TextColumn(1000, { nullable: true })
  imageUrl: string | null;
}
