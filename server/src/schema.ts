import { StockAdjustmentEntity } from './mall/stock/stock-adjustment.entity.js';
import { StockLevelEntity } from './mall/stock/stock-level.entity.js';
import { AuditEntryEntity } from './platform/audit/audit-entry.entity.js';
import { SessionEntity } from './platform/auth/session.entity.js';
import type { EntityClass } from './platform/database/tx.js';
import { IdempotencyKeyEntity } from './platform/http/idempotency-key.entity.js';
import { HandledEventEntity } from './platform/outbox/handled-event.entity.js';
import { OutboxEventEntity } from './platform/outbox/outbox-event.entity.js';
import { SettingVersionEntity } from './platform/settings/setting-version.entity.js';

/** Every table, from the ground up: a table stands below those that refer to it. */
export const ENTITIES: EntityClass<object>[] = [
  AuditEntryEntity,
  HandledEventEntity,
  IdempotencyKeyEntity,
  OutboxEventEntity,
  SessionEntity,
  SettingVersionEntity,
  StockLevelEntity,
  StockAdjustmentEntity,
];
