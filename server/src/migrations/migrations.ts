import type { EntityClass } from '../platform/database/tx.js';
import { Initial1790000000000 } from './0001-initial.js';
import { MoneyColumns1795000000000 } from './0002-money-columns.js';
import { MoneyTables1795000000001 } from './0003-money-tables.js';
import { SoldBefore1795000000002 } from './0004-sold-before.js';
import { TradeBills1795833102955 } from './0005-trade-bills.js';
import { Payouts1795833200006 } from './0006-payouts.js';
import { AddShipping1795833200007 } from './0007-shipping.js';
import { Privacy1795836000000 } from './0009-privacy.js';
import { AddWecom1795837000000 } from './0010-wecom.js';
import { AddMessages1795847000000 } from './0011-messages.js';
import { Codes1795848000000 } from './0012-codes.js';
import { WrittenTexts1795849000000 } from './0013-written-texts.js';
import { MessageTurns1795852000000 } from './0016-message-turns.js';

/** In order. A migration that has landed is never edited; a new one is added. */
export const MIGRATIONS: EntityClass<object>[] = [
  Initial1790000000000,
  MoneyColumns1795000000000,
  MoneyTables1795000000001,
  SoldBefore1795000000002,
  TradeBills1795833102955,
  Payouts1795833200006,
  AddShipping1795833200007,
  Privacy1795836000000,
  AddWecom1795837000000,
  AddMessages1795847000000,
  Codes1795848000000,
  WrittenTexts1795849000000,
  MessageTurns1795852000000,
];
