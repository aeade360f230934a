/** Ways in which a row may be wrong, and what the reconciliation must then say: exactly this and nothing else. */
export interface Damage {
  what: string;
  /** Names of ids, see reconcile-names.ts, stand in braces. */
  sql: string[];
  /** `check subject`, sorted. */
  finds: string[];
}

const POSTING = `INSERT INTO ledger_transactions (id, sourceKind, sourceId, payee, fact, occurredAt, recordedAt)`;
const LEG = `INSERT INTO ledger_legs (id, transactionId, ownerKind, ownerId, bucket, amountFen, orderId, entryId)`;
const PAID_TX = `sourceKind = 'order' AND sourceId = '{paid}' AND fact = 'paid'`;

export const DAMAGES: Damage[] = [
  {
    what: 'a fen added to one leg of a sale',
    sql: [`UPDATE ledger_legs SET amountFen = amountFen + 1 WHERE id = '{paid.paid.hq}'`],
    finds: ['ledger-total ledger', 'ledger-transactions paid.paid', 'order-postings paid'],
  },
  {
    what: 'a leg of a sale deleted',
    sql: [`DELETE FROM ledger_legs WHERE id = '{paid.paid.customers}'`],
    finds: ['ledger-total ledger', 'ledger-transactions paid.paid', 'order-postings paid'],
  },
  {
    what: 'both legs of a sale deleted',
    sql: [`DELETE FROM ledger_legs WHERE transactionId = '{paid.paid}'`],
    finds: ['ledger-transactions paid.paid', 'order-postings paid'],
  },
  {
    what: 'a transaction deleted under its legs',
    sql: [`DELETE FROM ledger_transactions WHERE ${PAID_TX}`],
    finds: ['ledger-legs paid.paid.customers', 'ledger-legs paid.paid.hq', 'order-postings paid'],
  },
  {
    what: 'a whole sale deleted from the ledger',
    sql: [
      `DELETE FROM ledger_legs WHERE transactionId = '{paid.paid}'`,
      `DELETE FROM ledger_transactions WHERE id = '{paid.paid}'`,
    ],
    finds: ['order-postings paid'],
  },
  {
    what: 'a leg of zero',
    sql: [`${LEG} VALUES ('leg_x', '{paid.paid}', 'hq', '', 'sales', 0, '{paid}', NULL)`],
    finds: ['ledger-transactions paid.paid'],
  },
  {
    what: 'a sale posted with other amounts',
    sql: [`UPDATE ledger_legs SET amountFen = amountFen * 2 WHERE transactionId = '{paid.paid}'`],
    finds: ['order-postings paid'],
  },
  {
    what: 'a running balance one fen too high',
    sql: [`UPDATE ledger_balances SET balanceFen = balanceFen + 1 WHERE account = 'guide:{guide}:available'`],
    finds: ['ledger-balances guide:guide:available'],
  },
  {
    what: 'a running balance deleted',
    sql: [`DELETE FROM ledger_balances WHERE account = 'guide:{guide}:pending'`],
    finds: ['ledger-balances guide:guide:pending'],
  },
  {
    what: 'a running balance of an account without legs',
    sql: [`INSERT INTO ledger_balances VALUES ('guide:gde_x:available', 'guide', 'gde_x', 'available', 500)`],
    finds: ['ledger-balances guide:gde_x:available'],
  },
  {
    what: 'money given by a balanced posting that nothing explains',
    sql: [
      `${POSTING} VALUES ('jrn_x', 'commission-entry', 'cme_x', '', 'released', 1, 1)`,
      `${LEG} VALUES ('leg_x1', 'jrn_x', 'hq', '', 'commission', -100, NULL, NULL)`,
      `${LEG} VALUES ('leg_x2', 'jrn_x', 'guide', '{guide}', 'available', 100, NULL, NULL)`,
      `UPDATE ledger_balances SET balanceFen = balanceFen + 100 WHERE account = 'guide:{guide}:available'`,
    ],
    finds: ['ledger-sources jrn_x', 'payee-accounts guide:guide:available'],
  },
  {
    what: 'money given by a balanced posting that names a real order',
    sql: [
      `${POSTING} VALUES ('jrn_x', 'order', '{paid}', 'again', 'paid', 1, 1)`,
      `${LEG} VALUES ('leg_x1', 'jrn_x', 'hq', '', 'commission', -100, '{paid}', NULL)`,
      `${LEG} VALUES ('leg_x2', 'jrn_x', 'guide', '{guide}', 'available', 100, '{paid}', NULL)`,
      `UPDATE ledger_balances SET balanceFen = balanceFen + 100 WHERE account = 'guide:{guide}:available'`,
    ],
    finds: ['order-postings paid', 'payee-accounts guide:guide:available'],
  },
  {
    what: 'a commission posted to another guide',
    sql: [
      `UPDATE ledger_legs SET ownerId = '{rival}' WHERE entryId = '{paid.1.guide}' AND ownerKind = 'guide'`,
      `UPDATE ledger_balances SET balanceFen = balanceFen - 1055 WHERE account = 'guide:{guide}:pending'`,
    ],
    finds: [
      'commission-ledger paid.1.guide guide:guide:pending',
      'commission-ledger paid.1.guide guide:rival:pending',
      'ledger-balances guide:guide:pending',
      'ledger-balances guide:rival:pending',
      'payee-accounts guide:guide:pending',
      'payee-accounts guide:rival:pending',
    ],
  },
  {
    what: 'an order of another total',
    sql: [`UPDATE orders SET totalFen = totalFen + 1 WHERE id = '{paid}'`],
    finds: ['order-amounts paid', 'order-payments paid.payment', 'order-postings paid', 'sold-goods paid'],
  },
  {
    what: 'an order line of another price',
    sql: [`UPDATE order_lines SET unitPriceFen = unitPriceFen + 1 WHERE id = '{paid.1}'`],
    finds: ['order-amounts paid.1'],
  },
  {
    what: 'an order line of another payable amount',
    sql: [`UPDATE order_lines SET payableFen = payableFen + 1 WHERE id = '{paid.1}'`],
    finds: [
      'commission-entries paid.1.guide',
      'commission-entries paid.1.store',
      'order-amounts paid.1',
      'sold-goods paid.1',
    ],
  },
  {
    what: 'a paid order put back to unpaid by its state',
    sql: [`UPDATE orders SET state = 'created' WHERE id = '{paid}'`],
    finds: ['order-postings paid'],
  },
  {
    what: 'a payment deleted',
    sql: [`DELETE FROM payments WHERE orderId = '{paid}'`],
    finds: ['order-payments paid'],
  },
  {
    what: 'a payment of another amount',
    sql: [`UPDATE payments SET amountFen = amountFen - 1 WHERE orderId = '{paid}'`],
    finds: ['order-payments paid.payment'],
  },
  {
    what: 'a payment that did not succeed',
    sql: [`UPDATE payments SET state = 'open' WHERE orderId = '{paid}'`],
    finds: ['order-payments paid'],
  },
  {
    what: 'a payment of another number',
    sql: [`UPDATE payments SET outTradeNo = 'X' WHERE orderId = '{paid}'`],
    finds: ['order-payments paid.payment'],
  },
  {
    what: 'a late payment whose refund was deleted',
    sql: [`DELETE FROM refunds WHERE orderId = '{late}'`],
    finds: ['late-payments late', 'ledger-sources late.refund1.paid-back', 'refunded-amounts late'],
  },
  {
    what: 'a refund of another amount',
    sql: [`UPDATE refunds SET amountFen = amountFen + 1 WHERE id = '{frozen.refund1}'`],
    finds: ['refund-lines frozen.refund1', 'refund-postings frozen.refund1', 'refunded-amounts frozen'],
  },
  {
    what: 'a succeeded refund marked as failed',
    sql: [`UPDATE refunds SET state = 'failed' WHERE id = '{frozen.refund1}'`],
    finds: [
      'commission-refunds frozen.1.guide',
      'commission-refunds frozen.1.guide frozen.refund1',
      'commission-refunds frozen.1.store',
      'commission-refunds frozen.1.store frozen.refund1',
      'refund-postings frozen.refund1',
      'refunded-amounts frozen',
      'refunded-amounts frozen.1',
      'sold-goods frozen.1',
    ],
  },
  {
    what: 'a refund line of another amount',
    sql: [`UPDATE refund_lines SET amountFen = amountFen - 1 WHERE refundId = '{frozen.refund1}'`],
    finds: [
      'commission-refunds frozen.1.guide',
      'commission-refunds frozen.1.guide frozen.refund1',
      'commission-refunds frozen.1.store',
      'commission-refunds frozen.1.store frozen.refund1',
      'refund-lines frozen.refund1',
      'refunded-amounts frozen.1',
      'sold-goods frozen.1',
    ],
  },
  {
    what: 'a refund line deleted',
    sql: [`DELETE FROM refund_lines WHERE refundId = '{frozen.refund1}'`],
    finds: [
      'commission-refunds frozen.1.guide',
      'commission-refunds frozen.1.guide frozen.refund1',
      'commission-refunds frozen.1.store',
      'commission-refunds frozen.1.store frozen.refund1',
      'refund-lines frozen.refund1',
      'refunded-amounts frozen.1',
      'sold-goods frozen.1',
    ],
  },
  {
    what: 'a refund line of another order’s line',
    sql: [`UPDATE refund_lines SET orderLineId = '{paid.1}' WHERE refundId = '{closed.refund1}'`],
    finds: [
      'commission-refunds closed.1.guide',
      'commission-refunds closed.1.guide closed.refund1',
      'commission-refunds closed.1.store',
      'commission-refunds closed.1.store closed.refund1',
      'refund-lines closed.refund1.line',
      'refunded-amounts closed.1',
      'sold-goods closed.1',
    ],
  },
  {
    what: 'an order with a fen less refunded',
    sql: [`UPDATE orders SET refundedFen = refundedFen - 1 WHERE id = '{frozen}'`],
    finds: ['refunded-amounts frozen'],
  },
  {
    what: 'an order with less freight refunded',
    sql: [`UPDATE orders SET freightRefundedFen = 0 WHERE id = '{frozen}'`],
    finds: ['refunded-amounts frozen'],
  },
  {
    what: 'a line with a fen more refunded, though a refund is only open',
    sql: [`UPDATE order_lines SET refundedFen = refundedFen + 1 WHERE id = '{refunding.1}'`],
    finds: ['refunded-amounts refunding.1'],
  },
  {
    what: 'a line with a piece more returned',
    sql: [`UPDATE order_lines SET restockedQuantity = restockedQuantity + 1 WHERE id = '{frozen.1}'`],
    finds: ['refunded-amounts frozen.1'],
  },
  {
    what: 'a goodwill refund charged after all',
    sql: [`UPDATE refunds SET goodwill = 0 WHERE id = '{released.refund3}'`],
    finds: ['commission-refunds released.1.guide', 'commission-refunds released.1.store', 'sold-goods released.1'],
  },
  {
    what: 'an attribution deleted',
    sql: [`DELETE FROM attributions WHERE orderId = '{paid}'`],
    finds: ['attributions paid', 'sold-goods paid'],
  },
  {
    what: 'an attribution given to another guide',
    sql: [`UPDATE attributions SET guideId = '{rival}' WHERE orderId = '{paid}'`],
    finds: ['attributions paid', 'sold-goods paid'],
  },
  {
    what: 'a line given to another guide',
    sql: [`UPDATE order_lines SET guideId = '{rival}' WHERE id = '{paid.1}'`],
    finds: ['attributions paid.1', 'commission-entries paid.1.guide', 'sold-goods paid.1'],
  },
  {
    what: 'a line of another rate',
    sql: [`UPDATE order_lines SET guideBps = guideBps + 1 WHERE id = '{paid.1}'`],
    finds: ['commission-entries paid.1.guide', 'sold-goods paid.1'],
  },
  {
    what: 'a sale’s record deleted',
    sql: [`DELETE FROM sold_orders WHERE orderId = '{paid}'`],
    finds: ['sold-goods paid'],
  },
  {
    what: 'a sold line of another base',
    sql: [`UPDATE sold_lines SET baseFen = baseFen + 1 WHERE orderLineId = '{paid.1}'`],
    finds: ['sold-goods paid.1'],
  },
  {
    what: 'a sold line with other refunds',
    sql: [`UPDATE sold_lines SET refundedBaseFen = 0 WHERE orderLineId = '{frozen.1}'`],
    finds: ['sold-goods frozen.1'],
  },
  {
    what: 'a commission deleted',
    sql: [`DELETE FROM commission_entries WHERE id = '{paid.1.guide}'`],
    finds: ['commission-entries paid.1', 'ledger-sources paid.1.guide.accrued', 'payee-accounts guide:guide:pending'],
  },
  {
    what: 'a commission given to another guide',
    sql: [`UPDATE commission_entries SET payeeId = '{rival}' WHERE id = '{paid.1.guide}'`],
    finds: [
      'commission-entries paid.1.guide',
      'commission-ledger paid.1.guide guide:guide:pending',
      'commission-ledger paid.1.guide guide:rival:pending',
      'payee-accounts guide:guide:pending',
      'payee-accounts guide:rival:pending',
    ],
  },
  {
    what: 'a commission of another rate',
    sql: [`UPDATE commission_entries SET rateBps = rateBps + 1 WHERE id = '{frozen.1.guide}'`],
    finds: ['commission-amounts frozen.1.guide', 'commission-entries frozen.1.guide'],
  },
  {
    what: 'a commission with a fen more posted',
    sql: [`UPDATE commission_entries SET postedFen = postedFen + 1 WHERE id = '{paid.1.guide}'`],
    finds: [
      'commission-amounts paid.1.guide',
      'commission-entries paid.1.guide',
      'commission-ledger paid.1.guide guide:guide:pending',
      'commission-ledger paid.1.guide hq::commission',
      'payee-accounts guide:guide:pending',
    ],
  },
  {
    what: 'a commission with a fen less taken back',
    sql: [`UPDATE commission_entries SET reversedFen = reversedFen - 1 WHERE id = '{frozen.1.guide}'`],
    finds: [
      'commission-amounts frozen.1.guide',
      'commission-ledger frozen.1.guide guide:guide:frozen',
      'commission-ledger frozen.1.guide hq::commission',
      'commission-refunds frozen.1.guide',
      'payee-accounts guide:guide:frozen',
    ],
  },
  {
    what: 'a commission with less of its base refunded',
    sql: [`UPDATE commission_entries SET refundedBaseFen = refundedBaseFen - 1 WHERE id = '{frozen.1.guide}'`],
    finds: ['commission-refunds frozen.1.guide'],
  },
  {
    what: 'a commission’s part of a refund deleted',
    sql: [`DELETE FROM commission_refunds WHERE entryId = '{frozen.1.guide}'`],
    finds: ['commission-refunds frozen.1.guide', 'commission-refunds frozen.1.guide frozen.refund1'],
  },
  {
    what: 'a commission’s part of a refund altered',
    sql: [`UPDATE commission_refunds SET amountFen = amountFen + 1 WHERE entryId = '{frozen.1.guide}'`],
    finds: ['commission-refunds frozen.1.guide', 'commission-refunds frozen.1.guide frozen.refund1'],
  },
  {
    what: 'a tail one fen too long',
    sql: [`UPDATE commission_entries SET tailFen = tailFen + 1 WHERE id = '{frozen.1.guide}'`],
    finds: ['commission-amounts frozen.1.guide'],
  },
  {
    what: 'a tail that lapsed without a trace',
    sql: [`UPDATE commission_entries SET lapsedFen = 3 WHERE id = '{paid.1.guide}'`],
    finds: [
      'commission-amounts paid.1.guide',
      'commission-ledger paid.1.guide guide:guide:pending',
      'commission-ledger paid.1.guide hq::commission',
      'payee-accounts guide:guide:pending',
    ],
  },
  {
    what: 'a commission frozen before the goods were received',
    sql: [`UPDATE commission_entries SET state = 'frozen' WHERE id = '{paid.1.guide}'`],
    finds: [
      'commission-ledger paid.1.guide guide:guide:frozen',
      'commission-ledger paid.1.guide guide:guide:pending',
      'commission-states paid.1.guide',
      'payee-accounts guide:guide:frozen',
      'payee-accounts guide:guide:pending',
    ],
  },
  {
    what: 'a commission pending though the goods were received',
    sql: [`UPDATE commission_entries SET state = 'pending' WHERE id = '{frozen.1.guide}'`],
    finds: [
      'commission-ledger frozen.1.guide guide:guide:frozen',
      'commission-ledger frozen.1.guide guide:guide:pending',
      'commission-states frozen.1.guide',
      'payee-accounts guide:guide:frozen',
      'payee-accounts guide:guide:pending',
    ],
  },
  {
    what: 'a commission available before its time',
    sql: [`UPDATE commission_entries SET availableAt = availableAt + 172800000 WHERE id = '{released.1.guide}'`],
    finds: ['commission-states released.1.guide'],
  },
  {
    what: 'a commission received at another time than its order',
    sql: [`UPDATE commission_entries SET receivedAt = receivedAt + 1 WHERE id = '{frozen.1.guide}'`],
    finds: ['commission-states frozen.1.guide'],
  },
  {
    what: 'a void commission brought back',
    sql: [`UPDATE commission_entries SET state = 'pending' WHERE id = '{closed.1.guide}'`],
    finds: ['commission-states closed.1.guide'],
  },
  {
    what: 'a commission on a line that nobody sold',
    sql: [
      `UPDATE commission_entries SET orderId = '{nobodys}', orderLineId = '{nobodys.1}' WHERE id = '{paid.2.guide}'`,
    ],
    finds: [
      'commission-entries paid.2',
      'commission-entries paid.2.guide',
      'commission-ledger paid.2.guide guide:guide:pending',
      'commission-ledger paid.2.guide hq::commission',
    ],
  },
  {
    what: 'a commission of an order that does not exist',
    sql: [`UPDATE commission_entries SET orderId = 'ord_x' WHERE id = '{paid.2.guide}'`],
    finds: ['commission-entries paid.2', 'payee-accounts guide:guide:pending', 'strays paid.2.guide'],
  },
  {
    what: 'a dispute’s move deleted',
    sql: [`DELETE FROM commission_moves WHERE entryId = '{disputed.1.guide}'`],
    finds: ['commission-entries disputed.1.guide'],
  },
  {
    what: 'an open refund without its hold',
    sql: [`DELETE FROM commission_holds WHERE orderId = '{refunding}'`],
    finds: ['commission-holds refunding.refund1'],
  },
  {
    what: 'a hold that outlived its refund',
    sql: [`INSERT INTO commission_holds (refundId, orderId, since) VALUES ('{frozen.refund1}', '{frozen}', 1)`],
    finds: ['commission-holds frozen.refund1'],
  },
  {
    what: 'a transfer that arrived, by its state alone',
    sql: [`UPDATE payout_transfers SET state = 'succeeded' WHERE id = '{payout2.1}'`],
    finds: [
      'payee-accounts guide:guide:paid',
      'payee-accounts guide:guide:paying',
      'payout-postings payout2 guide:guide:paid',
      'payout-postings payout2 guide:guide:paying',
      'payout-requests payout2',
    ],
  },
  {
    what: 'an arrived transfer that failed, by its state alone',
    sql: [`UPDATE payout_transfers SET state = 'failed' WHERE id = '{payout1.1}'`],
    finds: [
      'payee-accounts guide:guide:available',
      'payee-accounts guide:guide:paid',
      'payout-days guide DAY',
      'payout-postings payout1 guide:guide:available',
      'payout-postings payout1 guide:guide:paid',
    ],
  },
  {
    what: 'a transfer of another gross amount',
    sql: [`UPDATE payout_transfers SET grossFen = grossFen + 1 WHERE id = '{payout1.1}'`],
    finds: [
      'payee-accounts guide:guide:available',
      'payee-accounts guide:guide:withheld',
      'payout-days guide DAY',
      'payout-postings payout1 guide:guide:available',
      'payout-postings payout1 guide:guide:withheld',
      'payout-requests payout1',
    ],
  },
  {
    what: 'a transfer of another net amount',
    sql: [`UPDATE payout_transfers SET amountFen = amountFen - 1 WHERE id = '{payout1.1}'`],
    finds: [
      'payee-accounts guide:guide:paid',
      'payee-accounts guide:guide:withheld',
      'payout-merchant-periods DAY',
      'payout-merchant-periods MONTH',
      'payout-postings payout1 guide:guide:paid',
      'payout-postings payout1 guide:guide:withheld',
      'payout-requests payout1',
    ],
  },
  {
    what: 'a transfer to another guide',
    sql: [`UPDATE payout_transfers SET guideId = '{rival}' WHERE id = '{payout1.1}'`],
    finds: ['payout-requests payout1.1'],
  },
  {
    what: 'a transfer deleted',
    sql: [`DELETE FROM payout_transfers WHERE id = '{payout3.1}'`],
    finds: ['payout-requests payout3'],
  },
  {
    what: 'a transfer without a payout',
    sql: [`UPDATE payout_transfers SET requestId = 'pyo_x' WHERE id = '{payout1.1}'`],
    finds: [
      'payee-accounts guide:guide:available',
      'payee-accounts guide:guide:paid',
      'payout-days guide DAY',
      'payout-postings payout1 guide:guide:available',
      'payout-postings payout1 guide:guide:paying',
      'payout-requests payout1',
      'strays payout1.1',
    ],
  },
  {
    what: 'a payout done while its transfer waits',
    sql: [`UPDATE payout_requests SET state = 'done' WHERE id = '{payout2}'`],
    finds: ['payout-requests payout2'],
  },
  {
    what: 'a payout’s posting doubled',
    sql: [
      `${POSTING} VALUES ('jrn_x', 'payout', '{payout1}', 'again', 'payout-requested', 1, 1)`,
      `${LEG} VALUES ('leg_x1', 'jrn_x', 'guide', '{guide}', 'available', -701, NULL, NULL)`,
      `${LEG} VALUES ('leg_x2', 'jrn_x', 'guide', '{guide}', 'paying', 701, NULL, NULL)`,
      `UPDATE ledger_balances SET balanceFen = balanceFen - 701 WHERE account = 'guide:{guide}:available'`,
      `UPDATE ledger_balances SET balanceFen = balanceFen + 701 WHERE account = 'guide:{guide}:paying'`,
    ],
    finds: [
      'payee-accounts guide:guide:available',
      'payee-accounts guide:guide:paying',
      'payout-postings payout1 guide:guide:available',
      'payout-postings payout1 guide:guide:paying',
    ],
  },
  {
    what: 'a day that counts less than was asked for',
    sql: [`UPDATE payout_days SET usedFen = usedFen - 1 WHERE guideId = '{guide}'`],
    finds: ['payout-days guide DAY'],
  },
  {
    what: 'a day of the merchant that counts a fen more than was sent',
    sql: [`UPDATE payout_merchant_periods SET sentFen = sentFen + 1 WHERE LENGTH(period) = 10`],
    finds: ['payout-merchant-periods DAY'],
  },
  {
    what: 'a month of the merchant that counts nothing',
    sql: [`DELETE FROM payout_merchant_periods WHERE LENGTH(period) = 7`],
    finds: ['payout-merchant-periods MONTH'],
  },
  {
    what: 'a transfer that was sent and says so no more',
    sql: [`UPDATE payout_transfers SET submittedAt = NULL WHERE id = '{payout1.1}'`],
    finds: ['payout-merchant-periods DAY', 'payout-merchant-periods MONTH'],
  },
  {
    what: 'a day that counts nothing',
    sql: [`DELETE FROM payout_days WHERE guideId = '{guide}'`],
    finds: ['payout-days guide DAY'],
  },
];
