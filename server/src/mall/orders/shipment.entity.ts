import { Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A parcel on its way. One per order for now. */
@Entity('shipments')
@Index(['orderId'], { unique: true })
export class ShipmentEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('OrderEntity')
  orderId: string;

  @TextColumn(40)
  carrier: string;

  @TextColumn(128)
  trackingNumber: string;

  @InstantColumn()
  shippedAt: number;

  @RefColumn()
  shippedBy: string;
}
