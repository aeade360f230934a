/** Plays one sequence in the mall and in the reference, and compares them after every step. */
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import {
  compareBalances,
  compareBindings,
  compareDecision,
  compareLedger,
  type Differences,
  drain,
} from './compare.js';
import type { MallWorld } from './mall-world.js';
import { Player } from './play-step.js';
import { apply } from './reference.js';
import { newState, type State } from './reference-state.js';
import type { Step } from './steps.js';
import type { Tally } from './tally.js';

export interface Failure {
  /** Position of the step after which they differed; the number of steps: in the ledger at the end. */
  at: number;
  differences: Differences;
}

/** Null: as the rules say, all the way. */
export async function runSequence(world: MallWorld, steps: readonly Step[], tally?: Tally): Promise<Failure | null> {
  await world.reset();
  const state = newState();
  const player = new Player(world);
  const relay = world.get(OutboxRelay);
  for (const [at, step] of steps.entries()) {
    const differences = await runStep({ world, state, player, relay, tally }, step);
    if (differences.length > 0) return { at, differences };
  }
  const differences = await compareLedger(world);
  return differences.length > 0 ? { at: steps.length, differences } : null;
}

interface Running {
  world: MallWorld;
  state: State;
  player: Player;
  relay: OutboxRelay;
  tally: Tally | undefined;
}

async function runStep({ world, state, player, relay, tally }: Running, step: Step): Promise<Differences> {
  const ruled = apply(state, step);
  if (ruled === 'absent') return [];
  let played: boolean;
  try {
    played = await player.play(step);
  } catch (error) {
    return [`the mall failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  if (played !== (ruled === 'done')) {
    return [played ? 'the mall accepted what the rules refuse' : 'the mall refused what the rules accept'];
  }
  if (!played && tally !== undefined) tally.refused += 1;
  if (played) tally?.accepted(step.kind);
  const differences = await drain(world, relay);
  if (step.kind === 'order' && played) differences.push(...(await judgeOrder(world, state, player, step.order, tally)));
  differences.push(...(await compareBalances(world, state)), ...(await compareBindings(world, state)));
  return differences;
}

async function judgeOrder(world: MallWorld, state: State, player: Player, label: number, tally: Tally | undefined) {
  const order = state.orders.get(label);
  const orderId = player.orders.get(label)?.id;
  if (order === undefined || orderId === undefined) return [`order ${label} is nowhere`];
  const { differences, decided } = await compareDecision(world, orderId, order);
  const { decision } = order;
  const lines = decision.payees.map(({ guide }) => (guide === decision.guide ? decision.branch : ('b' as const)));
  tally?.decided(
    lines,
    decided.losers.map(({ reason }) => reason),
  );
  return differences;
}
