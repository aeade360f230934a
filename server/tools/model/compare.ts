/** Compares the mall with the reference: every balance to the fen, and each decision about an order. */

import { Database } from '../../src/platform/database/database.js';
import type { OutboxRelay } from '../../src/platform/outbox/relay.js';
import type { MallWorld } from './mall-world.js';
import { balances } from './reference-balances.js';
import type { Decision, Lost, Order, State } from './reference-state.js';

/** One sentence for each thing that is not as the rules say. */
export type Differences = string[];

/** Runs what the mall has still to tell itself; a handler that fails is a difference. */
export async function drain(world: MallWorld, relay: OutboxRelay): Promise<Differences> {
  if ((await untold(world)).length === 0) return [];
  await relay.drain();
  const stuck = await untold(world);
  return stuck.map(({ eventType, lastError }) => `${eventType} was not handled: ${lastError ?? 'no reason'}`);
}

function untold(world: MallWorld): Promise<{ eventType: string; lastError: string | null }[]> {
  return world.read(`SELECT eventType, lastError FROM outbox_events WHERE state = 'pending'`);
}

/** The mall's ids by the names that the reference gives them. */
function ownersOf(world: MallWorld): Map<string, string> {
  const guides = [...world.guides].map(([person, id]) => [id, `guide:${person}`] as const);
  const stores = world.ids.stores.map((id, store) => [id, `store:${store}`] as const);
  return new Map([...guides, ...stores]);
}

export async function compareBalances(world: MallWorld, state: State): Promise<Differences> {
  const rows = await world
    .get(Database)
    .query<{ ownerId: string; bucket: string; balanceFen: number }>(
      'SELECT ownerId, bucket, balanceFen FROM ledger_balances',
    );
  const owners = ownersOf(world);
  const held = new Map(rows.map((row) => [`${owners.get(row.ownerId) ?? row.ownerId}:${row.bucket}`, row.balanceFen]));
  const due = balances(state);
  const accounts = [...new Set([...held.keys(), ...due.keys()])].sort();
  return accounts.flatMap((account) => {
    const [mall, rules] = [held.get(account) ?? 0, due.get(account) ?? 0];
    return mall === rules ? [] : [`${account} is ${mall} fen, by the rules ${rules}`];
  });
}

interface MallRow {
  memberId: string;
  guideId: string | null;
  storeId: string | null;
  startsAt: number;
  protectedUntil: number;
  validUntil: number;
}

/** R2.3: how many rows each member's history has, and the newest of them. */
export async function compareBindings(world: MallWorld, state: State): Promise<Differences> {
  const rows = await world.read<MallRow>('SELECT * FROM bindings ORDER BY memberSequence');
  const owners = ownersOf(world);
  const text = (count: number, guide: string, store: string, times: readonly number[]): string =>
    [`${count} rows`, guide, store, ...times].join(' ');
  return state.people.flatMap(({ bindings }, person) => {
    const hers = rows.filter(({ memberId }) => memberId === world.memberId(person));
    const [held, due] = [hers.at(-1), bindings.at(-1)];
    const name = (id: string | null | undefined): string => owners.get(id ?? '') ?? 'nobody';
    const index = (kind: string, at: number | null | undefined): string => (at == null ? 'nobody' : `${kind}:${at}`);
    const timesOf = (row: Omit<MallRow, 'memberId' | 'guideId' | 'storeId'> | undefined): number[] =>
      row === undefined ? [] : [row.startsAt, row.protectedUntil, row.validUntil];
    const mall = text(hers.length, name(held?.guideId), name(held?.storeId), timesOf(held));
    const rules = text(bindings.length, index('guide', due?.guide), index('store', due?.store), timesOf(due));
    return mall === rules ? [] : [`bindings of person ${person}: the mall says "${mall}", the rules say "${rules}"`];
  });
}

interface MallDecision {
  branch: string;
  guideId: string | null;
  storeId: string | null;
  losers: { kind: string; guideId: string | null; reason: string }[];
}

/** What the mall decided about an order, and how that differs. */
export async function compareDecision(
  world: MallWorld,
  orderId: string,
  order: Order,
): Promise<{ differences: Differences; decided: MallDecision }> {
  const database = world.get(Database);
  const row = await database.first<{ decisionJson: string }>('SELECT * FROM attributions WHERE orderId = ?', [orderId]);
  const decided = JSON.parse(row?.decisionJson ?? '{"losers":[]}') as MallDecision;
  const lines = await database.query<{
    guideId: string | null;
    storeId: string | null;
    payableFen: number;
    guideBps: number | null;
    storeBps: number | null;
  }>('SELECT guideId, storeId, payableFen, guideBps, storeBps FROM order_lines WHERE orderId = ? ORDER BY lineNumber', [
    orderId,
  ]);
  const owners = ownersOf(world);
  const name = (id: string | null): string => (id === null ? 'nobody' : (owners.get(id) ?? id));
  const ruleName = (kind: string, index: number | null): string => (index === null ? 'nobody' : `${kind}:${index}`);
  const mall = [
    [decided.branch, name(decided.guideId), name(decided.storeId)].join(' '),
    ...lines.map((line) =>
      [name(line.guideId), name(line.storeId), line.payableFen, line.guideBps, line.storeBps].join(' '),
    ),
  ];
  const { decision } = order;
  const rules = [
    [decision.branch, ruleName('guide', decision.guide), ruleName('store', decision.store)].join(' '),
    ...order.lines.map((line) =>
      [ruleName('guide', line.guide), ruleName('store', line.store), line.baseFen, line.guideBps, line.storeBps].join(
        ' ',
      ),
    ),
  ];
  const differences = mall.flatMap((text, index) =>
    text === rules[index] ? [] : [`order ${order.label}: the mall says "${text}", the rules say "${rules[index]}"`],
  );
  return { differences: [...differences, ...compareLosers(decided, decision, owners, order.label)], decided };
}

/** Each loser that the mall names must be one by the rules too, and its reason one of those that are true of it. */
function compareLosers(mall: MallDecision, rules: Decision, owners: Map<string, string>, label: number): Differences {
  const fitting = mall.losers.map(({ kind, guideId, reason }) => {
    const guide = guideId === null ? null : Number((owners.get(guideId) ?? 'guide:-1').slice('guide:'.length));
    const isLike = (lost: Lost): boolean =>
      lost.kind === kind && lost.guide === guide && lost.reasons.some((one) => one === reason);
    return { what: `${kind} of guide ${guide} by ${reason}`, like: rules.lost.filter(isLike) };
  });
  // Those with the fewest to choose from first: two touches of one guide may have lost by different reasons.
  const taken = new Set<Lost>();
  return fitting
    .sort((a, b) => a.like.length - b.like.length)
    .flatMap(({ what, like }) => {
      const free = like.find((lost) => !taken.has(lost));
      if (free === undefined) return [`order ${label}: lost a ${what}, which cannot be`];
      taken.add(free);
      return [];
    });
}

/** R5.1: the legs of every transaction sum to zero, and each balance is the fold of its legs. */
export async function compareLedger(world: Pick<MallWorld, 'get'>): Promise<Differences> {
  const database = world.get(Database);
  const crooked = await database.query<{ transactionId: string }>(
    'SELECT transactionId FROM ledger_legs GROUP BY transactionId HAVING SUM(amountFen) <> 0',
  );
  const folds = await database.query<{ account: string; balanceFen: number; foldFen: number | string | null }>(
    `SELECT b.account, b.balanceFen, (SELECT SUM(l.amountFen) FROM ledger_legs l
       WHERE l.ownerKind = b.ownerKind AND l.ownerId = b.ownerId AND l.bucket = b.bucket) AS foldFen
     FROM ledger_balances b`,
  );
  return [
    ...crooked.map(({ transactionId }) => `the legs of ${transactionId} do not sum to zero`),
    ...folds.flatMap(({ account, balanceFen, foldFen }) =>
      Number(foldFen ?? 0) === balanceFen ? [] : [`${account} is ${balanceFen} fen, its legs sum to ${foldFen ?? 0}`],
    ),
  ];
}
