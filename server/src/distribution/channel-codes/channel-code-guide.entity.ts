import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, RefColumn } from '../../platform/database/columns.js';

/** A guide on a code's list. A new list begins at nought for everybody, so that who comes new is not flooded. */
@Entity('channel_code_guides')
@Index(['channelCodeId', 'guideId'], { unique: true })
export class ChannelCodeGuideEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  channelCodeId: string;

  @RefColumn()
  guideId: string;

  /** 1 to 100: her share of new visitors. */
  @CountColumn()
  weight: number;

  /** Breaks ties. */
  @CountColumn()
  position: number;

  /** Her place in the turn: visitors given to her since the list was last changed, and those who passed her by. */
  @CountColumn()
  assigned: number;
}
