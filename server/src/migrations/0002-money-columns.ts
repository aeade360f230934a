import type { MigrationInterface, QueryRunner } from 'typeorm';

interface NewColumn {
  table: string;
  /** Name, type and the rest, as both databases take it. */
  column: string;
  /** Named; SQLite takes it with the column, the MySQL family after it. */
  check?: { name: string; expression: string };
}

const COLUMNS: NewColumn[] = [
  { table: 'hq_users', column: 'storeId varchar(36)' },
  { table: 'members', column: "contactPreference varchar(10) NOT NULL DEFAULT 'guide'" },
  { table: 'member_identities', column: 'signedInAt bigint' },
  { table: 'bindings', column: 'reason varchar(200)' },
  { table: 'guides', column: "payeeType varchar(12) NOT NULL DEFAULT 'contractor'" },
  { table: 'order_lines', column: "categoryPath varchar(400) NOT NULL DEFAULT ''" },
  { table: 'order_lines', column: 'sellerTier varchar(20)' },
  { table: 'order_lines', column: 'sellerStoreType varchar(20)' },
  { table: 'order_lines', column: 'isGift integer NOT NULL DEFAULT 0' },
  { table: 'order_lines', column: 'giftValueFen bigint NOT NULL DEFAULT 0' },
  { table: 'order_lines', column: 'giftCouponId varchar(36)' },
  { table: 'orders', column: "deliveryKind varchar(10) NOT NULL DEFAULT 'express'" },
  { table: 'orders', column: 'pickupStoreId varchar(36)' },
  { table: 'orders', column: 'pickupCodeSealed varchar(120)' },
  { table: 'orders', column: 'pickupTries integer NOT NULL DEFAULT 0' },
  { table: 'orders', column: 'pickupTriedAt bigint' },
  { table: 'orders', column: 'readyAt bigint' },
  { table: 'refunds', column: 'withheldFen bigint NOT NULL DEFAULT 0' },
  { table: 'coupon_templates', column: 'giftSkuId varchar(36)' },
  { table: 'coupon_templates', column: 'giftQuantity integer' },
  { table: 'commission_rules', column: 'poolBps integer' },
  {
    table: 'commission_rules',
    column: 'paidDepth integer NOT NULL DEFAULT 1',
    check: { name: 'CHK_commission_rules_depth', expression: 'paidDepth = 1' },
  },
  { table: 'commission_rules', column: "series varchar(10) NOT NULL DEFAULT 'base'" },
  { table: 'commission_rules', column: 'isEnd integer NOT NULL DEFAULT 0' },
  { table: 'commission_rules', column: 'effectiveTo bigint' },
  { table: 'commission_rules', column: 'stopsRuleId varchar(36)' },
  { table: 'commission_rules', column: 'isLocked integer NOT NULL DEFAULT 0' },
  { table: 'commission_rules', column: 'bandMinBps integer' },
  { table: 'commission_rules', column: 'bandMaxBps integer' },
  { table: 'commission_rules', column: 'authorStoreId varchar(36)' },
  {
    table: 'commission_entries',
    column: 'paidDepth integer NOT NULL DEFAULT 1',
    check: { name: 'CHK_commission_entries_depth', expression: 'paidDepth = 1' },
  },
  { table: 'commission_entries', column: 'releasedAt bigint' },
  { table: 'commission_entries', column: 'tailBps integer NOT NULL DEFAULT 0' },
  { table: 'commission_entries', column: 'tailVesting varchar(12)' },
  { table: 'commission_entries', column: "tailState varchar(10) NOT NULL DEFAULT 'none'" },
  { table: 'commission_entries', column: 'tailFen bigint NOT NULL DEFAULT 0' },
  { table: 'commission_entries', column: 'lapsedFen bigint NOT NULL DEFAULT 0' },
  { table: 'commission_entries', column: 'tailDueAt bigint' },
];

const RULE_SCOPE = 'productScopeKind, productScopeId, sellerScopeKind, sellerScopeId';

/** Columns of commission rules with an end, of tails that vest later, and of people's choices. */
export class MoneyColumns1795000000000 implements MigrationInterface {
  name = 'MoneyColumns1795000000000';

  async up(runner: QueryRunner): Promise<void> {
    const onSqlite = runner.connection.options.type === 'better-sqlite3';
    for (const { table, column, check } of COLUMNS) {
      const constraint = check && `CONSTRAINT "${check.name}" CHECK (${check.expression})`;
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${onSqlite ? (constraint ?? '') : ''}`);
      if (!onSqlite && constraint) await runner.query(`ALTER TABLE ${table} ADD ${constraint.replaceAll('"', '')}`);
    }
    // What was available already has been since its time came.
    await runner.query(`UPDATE commission_entries SET releasedAt = availableAt WHERE state = 'available'`);
    await this.index(runner, 'commission_entries', 'IDX_7a691b23d3e21059b56b5a5563', 'tailState, tailDueAt');
    await this.index(runner, 'commission_entries', 'IDX_6333b6d89ccc6adc6ce12f8eee', 'memberId, tailState');
    await this.index(runner, 'bindings', 'IDX_000b253a186e276110f33307ed', 'relationId');
    await this.index(runner, 'binding_orders', 'IDX_5ea819d18e6bee4971f335dbb8', 'relationId');
    await this.index(runner, 'members', 'IDX_9ca333081f181c9c1ac75acaac', 'mergedInto');
    // Folds of one payee's legs read the index alone.
    await runner.dropIndex('ledger_legs', 'IDX_fa441cad8b5ab1f04b0b9b8e39');
    const leg = 'ownerKind, ownerId, bucket, amountFen, transactionId';
    await this.index(runner, 'ledger_legs', 'IDX_ddf623f33649fa20df8c6eb874', leg);
    await runner.dropIndex('commission_rules', 'IDX_4a6a97b6883966e54caae99b07');
    await this.index(
      runner,
      'commission_rules',
      'IDX_228f18a0010880584620f4db0a',
      `${RULE_SCOPE}, series, effectiveFrom`,
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('ledger_legs', 'IDX_ddf623f33649fa20df8c6eb874');
    await this.index(runner, 'ledger_legs', 'IDX_fa441cad8b5ab1f04b0b9b8e39', 'ownerKind, ownerId, bucket');
    await runner.dropIndex('commission_rules', 'IDX_228f18a0010880584620f4db0a');
    await this.index(
      runner,
      'commission_rules',
      'IDX_4a6a97b6883966e54caae99b07',
      `${RULE_SCOPE}, effectiveFrom`,
      true,
    );
    await runner.dropIndex('members', 'IDX_9ca333081f181c9c1ac75acaac');
    await runner.dropIndex('binding_orders', 'IDX_5ea819d18e6bee4971f335dbb8');
    await runner.dropIndex('bindings', 'IDX_000b253a186e276110f33307ed');
    await runner.dropIndex('commission_entries', 'IDX_6333b6d89ccc6adc6ce12f8eee');
    await runner.dropIndex('commission_entries', 'IDX_7a691b23d3e21059b56b5a5563');
    for (const { table, column } of [...COLUMNS].reverse()) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column.split(' ')[0]}`);
    }
  }

  private async index(
    runner: QueryRunner,
    table: string,
    name: string,
    columns: string,
    unique = false,
  ): Promise<void> {
    await runner.query(`CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${columns})`);
  }
}
