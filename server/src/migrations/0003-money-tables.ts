import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'setting_groups',
    columns: [
      { name: 'settingName', type: 'varchar', length: '40', isPrimary: true },
      { name: 'changes', type: 'integer' },
    ],
  },
  {
    name: 'sold_orders',
    columns: [
      { name: 'orderId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'orderNumber', type: 'varchar', length: '32' },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'branch', type: 'varchar', length: '1' },
      { name: 'guideId', type: 'varchar', length: '36', isNullable: true },
      { name: 'storeId', type: 'varchar', length: '36', isNullable: true },
      { name: 'totalFen', type: 'bigint' },
      { name: 'freightFen', type: 'bigint' },
      { name: 'orderedAt', type: 'bigint' },
      { name: 'paidAt', type: 'bigint' },
      { name: 'receivedAt', type: 'bigint', isNullable: true },
      { name: 'availableAt', type: 'bigint', isNullable: true },
      { name: 'finalAt', type: 'bigint', isNullable: true },
      { name: 'changes', type: 'integer' },
      { name: 'tailDueAt', type: 'bigint', isNullable: true },
    ],
    indices: [{ name: 'IDX_de7bf99092eb80501be2fa0d91', columnNames: ['memberId', 'orderedAt'] }],
  },
  {
    name: 'sold_lines',
    columns: [
      { name: 'orderLineId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'orderId', type: 'varchar', length: '36' },
      { name: 'skuId', type: 'varchar', length: '36' },
      { name: 'productId', type: 'varchar', length: '36' },
      { name: 'categoryPath', type: 'varchar', length: '400' },
      { name: 'brandId', type: 'varchar', length: '36' },
      { name: 'title', type: 'varchar', length: '200' },
      { name: 'optionText', type: 'varchar', length: '200' },
      { name: 'quantity', type: 'integer' },
      { name: 'goodsFen', type: 'bigint' },
      { name: 'discountFen', type: 'bigint' },
      { name: 'baseFen', type: 'bigint' },
      { name: 'refundedBaseFen', type: 'bigint' },
      { name: 'costFen', type: 'bigint', isNullable: true },
      { name: 'guideId', type: 'varchar', length: '36', isNullable: true },
      { name: 'tier', type: 'varchar', length: '20', isNullable: true },
      { name: 'storeId', type: 'varchar', length: '36', isNullable: true },
      { name: 'storeType', type: 'varchar', length: '20', isNullable: true },
      { name: 'ruleId', type: 'varchar', length: '36', isNullable: true },
      { name: 'guideBps', type: 'integer', isNullable: true },
      { name: 'storeBps', type: 'integer', isNullable: true },
      { name: 'orderedAt', type: 'bigint' },
    ],
    indices: [
      { name: 'IDX_b089324ee2253029995038480b', columnNames: ['orderedAt', 'orderLineId'] },
      { name: 'IDX_cf9df9dd853390ce2ec05f0874', columnNames: ['orderId'] },
    ],
  },
  {
    name: 'commission_refunds',
    columns: [
      { name: 'entryId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'refundId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'amountFen', type: 'bigint' },
      { name: 'bearing', type: 'varchar', length: '10' },
      { name: 'reversedFen', type: 'bigint' },
      { name: 'at', type: 'bigint' },
    ],
    indices: [{ name: 'IDX_28030140be91586bf35d0c8266', columnNames: ['refundId'] }],
  },
  {
    name: 'commission_moves',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'entryId', type: 'varchar', length: '36' },
      { name: 'disputeId', type: 'varchar', length: '36' },
      { name: 'fromPayeeId', type: 'varchar', length: '36', isNullable: true },
      { name: 'toPayeeId', type: 'varchar', length: '36' },
      { name: 'amountFen', type: 'bigint' },
      { name: 'at', type: 'bigint' },
    ],
    indices: [{ name: 'IDX_336f7f0cda8ef9217ba896f4dc', columnNames: ['entryId', 'disputeId'], isUnique: true }],
  },
  {
    name: 'commission_rule_drafts',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'inputJson', type: 'text' },
      { name: 'revision', type: 'integer' },
      { name: 'authorStoreId', type: 'varchar', length: '36', isNullable: true },
      { name: 'createdBy', type: 'varchar', length: '36' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'updatedAt', type: 'bigint' },
      { name: 'publishedRuleId', type: 'varchar', length: '36', isNullable: true },
    ],
    indices: [{ name: 'IDX_74fcca85340c25197cfebab6f7', columnNames: ['state', 'id'] }],
  },
  {
    name: 'commission_scopes',
    columns: [
      { name: 'scopeKey', type: 'varchar', length: '120', isPrimary: true },
      { name: 'changes', type: 'integer' },
    ],
  },
  {
    name: 'guide_notices',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'noticeKind', type: 'varchar', length: '20' },
      { name: 'subjectId', type: 'varchar', length: '36' },
      { name: 'title', type: 'varchar', length: '60' },
      { name: 'body', type: 'varchar', length: '300' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'readAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_e3e4802ad2172ee694d25cf18a', columnNames: ['guideId', 'id'] },
      { name: 'IDX_fb94a33ff6f2017b98ec681dc1', columnNames: ['guideId', 'noticeKind', 'subjectId'], isUnique: true },
    ],
  },
  {
    name: 'attribution_candidates',
    columns: [
      { name: 'orderId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'guideId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'outcome', type: 'varchar', length: '4' },
      { name: 'reason', type: 'varchar', length: '30', isNullable: true },
      { name: 'isAssist', type: 'integer' },
      { name: 'tier', type: 'varchar', length: '20' },
      { name: 'storeId', type: 'varchar', length: '36' },
      { name: 'decidedAt', type: 'bigint' },
    ],
    indices: [
      { name: 'IDX_6b187874670aa313c2013d4dae', columnNames: ['guideId', 'orderId'] },
      { name: 'IDX_d6c101abbabf1ba6d73678869e', columnNames: ['guideId', 'decidedAt'] },
    ],
  },
  {
    name: 'disputes',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'orderId', type: 'varchar', length: '36' },
      { name: 'orderNumber', type: 'varchar', length: '32' },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'note', type: 'varchar', length: '200', isNullable: true },
      { name: 'evidenceJson', type: 'text' },
      { name: 'openedAt', type: 'bigint' },
      { name: 'decidedAt', type: 'bigint', isNullable: true },
      { name: 'decidedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'reason', type: 'varchar', length: '200', isNullable: true },
      { name: 'movedFen', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_0f24c4d0f138165064748be6b5', columnNames: ['guideId', 'id'] },
      { name: 'IDX_69848dada7a7e125f8b2c81ab7', columnNames: ['state', 'id'] },
      { name: 'IDX_dae6a4877a3d49dd1646da3a00', columnNames: ['orderId', 'guideId'], isUnique: true },
    ],
  },
  {
    name: 'hand_overs',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'fromGuideId', type: 'varchar', length: '36' },
      { name: 'openOf', type: 'varchar', length: '36', isNullable: true },
      { name: 'toGuideIdsJson', type: 'text' },
      { name: 'reason', type: 'varchar', length: '200' },
      { name: 'actorId', type: 'varchar', length: '36' },
      { name: 'moved', type: 'integer' },
      { name: 'batches', type: 'integer' },
      { name: 'startedAt', type: 'bigint' },
      { name: 'finishedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_a1590d7c64363c66c02d3c12bb', columnNames: ['openOf'], isUnique: true },
      { name: 'IDX_f2b9e7a5880c1d35c3f4714da8', columnNames: ['fromGuideId'] },
    ],
  },
  {
    name: 'share_intents',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'linkId', type: 'varchar', length: '36' },
      { name: 'placement', type: 'varchar', length: '10' },
      { name: 'at', type: 'bigint' },
    ],
    indices: [
      { name: 'IDX_2a4701689fad8e3f8c0de4e911', columnNames: ['at'] },
      { name: 'IDX_e63b93c47edd376657d6e18c87', columnNames: ['guideId', 'at'] },
    ],
  },
  {
    name: 'payout_requests',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'amountFen', type: 'bigint' },
      { name: 'taxFen', type: 'bigint' },
      { name: 'netFen', type: 'bigint' },
      { name: 'payeeType', type: 'varchar', length: '12' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'requestedAt', type: 'bigint' },
      { name: 'decidedAt', type: 'bigint', isNullable: true },
      { name: 'decidedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'decisionReason', type: 'varchar', length: '200', isNullable: true },
      { name: 'doneAt', type: 'bigint', isNullable: true },
      { name: 'transferCount', type: 'integer' },
      { name: 'submittedCount', type: 'integer' },
      { name: 'endedCount', type: 'integer' },
    ],
    indices: [
      { name: 'IDX_048d6396e1a0658c4ee5abb9b8', columnNames: ['state', 'id'] },
      { name: 'IDX_228b78cc53546cf05f9e536af4', columnNames: ['guideId', 'id'] },
    ],
    checks: [
      {
        name: 'CHK_payout_requests_amounts',
        expression: 'amountFen > 0 AND taxFen >= 0 AND netFen >= 0 AND netFen + taxFen = amountFen',
      },
    ],
  },
  {
    name: 'payout_transfers',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'requestId', type: 'varchar', length: '36' },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'position', type: 'integer' },
      { name: 'amountFen', type: 'bigint' },
      { name: 'grossFen', type: 'bigint' },
      { name: 'outBillNo', type: 'varchar', length: '32' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'providerNo', type: 'varchar', length: '64', isNullable: true },
      { name: 'failReason', type: 'varchar', length: '80', isNullable: true },
      { name: 'nextCheckAt', type: 'bigint' },
      { name: 'checks', type: 'integer' },
      { name: 'submittedAt', type: 'bigint', isNullable: true },
      { name: 'finishedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_300f7b21b72d1f78267522e310', columnNames: ['state', 'nextCheckAt'] },
      { name: 'IDX_a527db5fd00b3ea0210c9e75e7', columnNames: ['requestId', 'position'], isUnique: true },
      { name: 'IDX_9de5c0f0be82e1864af7485b76', columnNames: ['outBillNo'], isUnique: true },
    ],
    foreignKeys: [
      {
        name: 'FK_7a5088d63b617dd2da086149996',
        columnNames: ['requestId'],
        referencedTableName: 'payout_requests',
        referencedColumnNames: ['id'],
        onDelete: 'NO ACTION',
        onUpdate: 'NO ACTION',
      },
    ],
  },
  {
    name: 'payout_days',
    columns: [
      { name: 'guideId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'businessDay', type: 'varchar', length: '10', isPrimary: true },
      { name: 'usedFen', type: 'bigint' },
    ],
  },
  {
    name: 'member_merges',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'fromMemberId', type: 'varchar', length: '36' },
      { name: 'intoMemberId', type: 'varchar', length: '36' },
      { name: 'pairKey', type: 'varchar', length: '73' },
      { name: 'cause', type: 'varchar', length: '10' },
      { name: 'at', type: 'bigint' },
      { name: 'sweeps', type: 'integer' },
      { name: 'sweepDueAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_221cf3ca8702b3a10b6b115192', columnNames: ['sweepDueAt'] },
      { name: 'IDX_ae655ec4d4938e115cab72e08d', columnNames: ['intoMemberId'] },
      { name: 'IDX_d658c9fa0d667b9598939d2d7c', columnNames: ['pairKey'], isUnique: true },
      { name: 'IDX_4c0354259293cce8a29965c167', columnNames: ['fromMemberId'], isUnique: true },
    ],
  },
  {
    name: 'member_cases',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'otherMemberId', type: 'varchar', length: '36' },
      { name: 'phoneHash', type: 'varchar', length: '64', isNullable: true },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'openedAt', type: 'bigint' },
      { name: 'decidedAt', type: 'bigint', isNullable: true },
      { name: 'decidedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'reason', type: 'varchar', length: '200', isNullable: true },
    ],
    indices: [
      { name: 'IDX_8666e02cf47c617d9979e52655', columnNames: ['state', 'id'] },
      { name: 'IDX_2c127e2b204e1d9401f7655551', columnNames: ['memberId', 'otherMemberId'], isUnique: true },
    ],
  },
  {
    name: 'reconciliation_runs',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'cause', type: 'varchar', length: '10' },
      { name: 'businessDay', type: 'varchar', length: '10', isNullable: true },
      { name: 'startedAt', type: 'bigint' },
      { name: 'finishedAt', type: 'bigint', isNullable: true },
      { name: 'compared', type: 'integer' },
      { name: 'differences', type: 'integer' },
      { name: 'reportJson', type: 'text' },
    ],
    indices: [
      { name: 'IDX_3dd344851142f7c051622be6dd', columnNames: ['businessDay'], isUnique: true },
      { name: 'IDX_ed9171eacf4e442f5c474032d5', columnNames: ['startedAt'] },
    ],
  },
];

export class MoneyTables1795000000001 implements MigrationInterface {
  name = 'MoneyTables1795000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
