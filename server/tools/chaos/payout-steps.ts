/** The steps of a payout's history, and how they are drawn. */
import type { Chance } from '../model/chance.js';
import { FAIL_REASONS, type Lie, type Refusal, type TransferFate } from './fake-transfers.js';
import {
  drawNotice,
  type NoticeStep,
  simplerNotice,
  simplerTrouble,
  type Trick,
  type Trouble,
  trouble,
} from './trouble.js';

/** HQ's settings of a history, and what each of its guides has earned. */
export const TERMS = {
  plain: limits({ transferMaxFen: 20_000, dayMaxFen: 200_000, autoApproveFen: 20_000 }),
  split: limits({ transferMaxFen: 300, dayMaxFen: 1_500, autoApproveFen: 90 }),
  tightDay: limits({ transferMaxFen: 300, dayMaxFen: 1_500, autoApproveFen: 1_500, merchantDayMaxFen: 450 }),
  tightMonth: limits({
    transferMaxFen: 300,
    dayMaxFen: 1_500,
    autoApproveFen: 1_500,
    merchantDayMaxFen: 600,
    merchantMonthMaxFen: 900,
  }),
  large: limits({ transferMaxFen: 300_000, dayMaxFen: 2_000_000, autoApproveFen: 1_500_000 }),
} as const;
export type Terms = keyof typeof TERMS;
export const WITHHOLDING = ['none', 'per_payment', 'platform_cumulative'] as const;
export type Withholding = (typeof WITHHOLDING)[number];

interface Limits {
  transferMaxFen: number;
  dayMaxFen: number;
  autoApproveFen: number;
  merchantDayMaxFen?: number;
  merchantMonthMaxFen?: number;
}
function limits(some: Limits) {
  return { transferMinFen: 30, merchantDayMaxFen: 5_000_000, merchantMonthMaxFen: 3_000_000_000, ...some };
}

/** What may happen at the same moment. */
export const PAYOUT_RACERS = ['ask', 'back', 'jobs', 'confirm', 'notice', 'look', 'decide', 'claw'] as const;
export type PayoutRacer = (typeof PAYOUT_RACERS)[number];
export const GUIDES = 2;

export type PayoutStep =
  /** How far into a month of its own it begins. `named`: the guides have left their real names. */
  | { kind: 'begin'; terms: Terms; withholding: Withholding; fundsFen: number; offsetMs: number; named: boolean }
  /** A guide asks for a part of what she has earned. `again`: as the last time, with the same key. */
  | ({ kind: 'ask'; guide: number; partBps: number; again: boolean } & Trouble)
  /** `which` of the payouts or transfers, counted round. */
  | ({ kind: 'decide'; which: number; approves: boolean } & Trouble)
  | ({ kind: 'back'; which: number; byHq: boolean } & Trouble)
  | ({ kind: 'jobs' } & Trouble)
  | ({ kind: 'look'; which: number } & Trouble)
  /** By what the mall's page gives her, or in WeChat alone, of which the mall need not know. */
  | ({ kind: 'confirm'; which: number; where: 'mall' | 'wechat'; fate: TransferFate } & Trouble)
  /** WeChat locks, sends and gives back. What nobody confirmed in 24 hours is closed now, or later. */
  | { kind: 'work'; closes: boolean }
  | { kind: 'funds'; enough: boolean }
  | { kind: 'slow'; slow: boolean }
  | { kind: 'refuse'; as: Refusal }
  | { kind: 'lie'; lie: Lie }
  | NoticeStep
  | { kind: 'lose'; which: number }
  | { kind: 'arrivals' }
  /** A refund takes commission of hers back. */
  | { kind: 'claw'; guide: number; partBps: number }
  | { kind: 'suspend'; guide: number; suspended: boolean }
  | { kind: 'withholding'; method: Withholding }
  | { kind: 'advance'; ms: number }
  | { kind: 'race'; racers: PayoutRacer[]; partBps: number }
  | { kind: 'restart' }
  /** How it comes to rest: notices that wait come or never do; she confirms or not; who owes earns enough or not. */
  | { kind: 'end'; notices: 'come' | 'never'; confirms: boolean; earns: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUIET = { faults: [], crash: null };

type Draw = (chance: Chance) => PayoutStep;
type Weights = readonly (readonly [number, Draw])[];

export function drawPayout(chance: Chance): PayoutStep[] {
  const steps: PayoutStep[] = [drawBegin(chance), ask(chance)];
  if (chance.percent(40)) steps.push({ kind: 'decide', which: 0, approves: true, ...trouble(chance, 15) });
  if (chance.percent(55)) steps.push(...drawScene(chance));
  steps.push(...drawMany(chance, chance.between(2, 9), ANY));
  if (chance.percent(25)) steps.push(...drawScene(chance), ...drawMany(chance, chance.below(4), ANY));
  steps.push({
    kind: 'end',
    notices: chance.percent(50) ? 'come' : 'never',
    confirms: chance.percent(60),
    earns: chance.percent(60),
  });
  return steps;
}

function drawMany(chance: Chance, count: number, weights: Weights): PayoutStep[] {
  return Array.from({ length: count }, () => chance.weighted(weights)(chance));
}

function drawBegin(chance: Chance): PayoutStep {
  const terms = chance.pick(['plain', 'plain', 'split', 'tightDay', 'tightMonth', 'large', 'large'] as const);
  const fundsFen = terms === 'large' ? 1_500_000 : terms === 'plain' ? 45_000 : 1_700;
  // Every fourth begins shortly before midnight of a month's last day, or of any day.
  const days = chance.percent(25) ? 27 : chance.below(25);
  const offsetMs =
    days * 24 * HOUR + (chance.percent(30) ? 24 * HOUR - chance.between(1, 120_000) : chance.below(HOUR));
  return {
    kind: 'begin',
    terms,
    withholding: chance.pick(WITHHOLDING),
    fundsFen,
    offsetMs,
    named: terms === 'large' && chance.percent(85),
  };
}

/** What must not be left to chance alone: a few steps that lead to where it hurts. */
function drawScene(chance: Chance): PayoutStep[] {
  const jobs: PayoutStep = { kind: 'jobs', ...QUIET };
  const later: PayoutStep = { kind: 'advance', ms: 2 * MINUTE };
  const confirm: PayoutStep = { kind: 'confirm', which: 0, where: 'mall', fate: 'SUCCESS', ...QUIET };
  const back: PayoutStep = { kind: 'back', which: 0, byHq: chance.percent(30), ...QUIET };
  const work: PayoutStep = { kind: 'work', closes: true };
  const told = (trick: Trick | null): PayoutStep => ({ kind: 'notice', which: -1, trick, copies: 1, ...QUIET });
  const lost = (['lost', 'lost-after', 'down-after', 'delayed', 'busy'] as const)[chance.below(5)] ?? 'lost';
  const scenes: PayoutStep[][] = [
    // Submitted, and no answer; then she confirms or gives up.
    [{ kind: 'jobs', faults: [lost], crash: null }, later, chance.percent(50) ? jobs : back, jobs, confirm, work],
    // Asked back while she confirms.
    [jobs, { kind: 'race', racers: ['confirm', 'back', 'jobs'], partBps: 0 }, jobs, work, later, jobs],
    [jobs, back, jobs, { ...confirm, where: 'wechat' } as PayoutStep, later, jobs, work, told(null)],
    // Nobody confirms, and the closing comes late.
    [
      jobs,
      { kind: 'advance', ms: 24 * HOUR },
      { kind: 'work', closes: false },
      jobs,
      back,
      later,
      jobs,
      work,
      later,
      jobs,
    ],
    // The first to tell of its end says something wrong.
    [jobs, confirm, work, told(chance.pick(['amount', 'payer', 'number', 'merchant', 'forged']))],
    [jobs, confirm, work, { kind: 'lie', lie: chance.pick(['amount', 'payee', 'merchant', 'bill']) }, later, jobs],
    // Twice the same balance.
    [{ kind: 'race', racers: ['ask', 'ask', 'jobs'], partBps: chance.between(4_000, 9_900) }],
    // Commission is taken back while a transfer is under way, and was never received.
    [
      { kind: 'jobs', faults: [lost], crash: null },
      { kind: 'claw', guide: 0, partBps: chance.between(3_000, 11_000) },
      later,
      jobs,
      chance.percent(50) ? back : later,
      { kind: 'arrivals' },
      { ...confirm, where: 'wechat' } as PayoutStep,
      work,
    ],
    // The merchant's account is empty.
    [
      { kind: 'funds', enough: false },
      jobs,
      later,
      jobs,
      chance.percent(40) ? back : later,
      jobs,
      { kind: 'funds', enough: true },
      work,
    ],
    changesWithholding(chance),
  ];
  return chance.pick(scenes);
}

/** HQ changes how it withholds between two payouts of one month, the second of them small. */
function changesWithholding(chance: Chance): PayoutStep[] {
  const asks = (partBps: number): PayoutStep => ({ kind: 'ask', guide: 0, partBps, again: false, ...QUIET });
  const jobs: PayoutStep = { kind: 'jobs', ...QUIET };
  const back: PayoutStep = { kind: 'back', which: 0, byHq: false, ...QUIET };
  return [
    asks(chance.between(4_000, 9_000)),
    { kind: 'withholding', method: chance.pick(WITHHOLDING) },
    chance.percent(50) ? jobs : back,
    asks(chance.between(1, 2_000)),
  ];
}

const ask: Draw = (chance) => ({
  kind: 'ask',
  guide: chance.percent(75) ? 0 : chance.below(GUIDES),
  partBps: chance.weighted([
    [5, chance.between(1, 9_999)],
    [2, 10_000],
    [1, 10_001],
  ]),
  again: chance.percent(20),
  ...trouble(chance, 25),
});
const decide: Draw = (chance) => ({
  kind: 'decide',
  which: chance.below(3),
  approves: chance.percent(75),
  ...trouble(chance, 25),
});
const back: Draw = (chance) => ({
  kind: 'back',
  which: chance.below(3),
  byHq: chance.percent(25),
  ...trouble(chance, 25),
});
const jobs: Draw = (chance) => ({ kind: 'jobs', ...trouble(chance, 45) });
const look: Draw = (chance) => ({ kind: 'look', which: chance.below(4), ...trouble(chance, 40) });
const confirm: Draw = (chance) => ({
  kind: 'confirm',
  which: chance.below(4),
  where: chance.percent(80) ? 'mall' : 'wechat',
  fate: chance.percent(70) ? 'SUCCESS' : chance.pick(FAIL_REASONS),
  ...trouble(chance, 20),
});
const work: Draw = (chance) => ({ kind: 'work', closes: chance.percent(70) });
const advance: Draw = (chance) => ({
  kind: 'advance',
  ms: chance.weighted([
    [3, chance.between(1_000, 59_000)],
    [5, chance.between(1, 12) * MINUTE],
    [1, chance.between(1, 23) * HOUR],
    [2, chance.between(24, 26) * HOUR],
  ]),
});
const race: Draw = (chance) => ({
  kind: 'race',
  racers: Array.from({ length: chance.between(2, 4) }, () => chance.pick(PAYOUT_RACERS)),
  partBps: chance.between(1_000, 9_900),
});

const ANY: Weights = [
  [3, ask],
  [3, decide],
  [4, back],
  [9, jobs],
  [2, look],
  [6, confirm],
  [5, work],
  [5, drawNotice],
  [1, (chance) => ({ kind: 'lose', which: chance.below(4) })],
  [6, advance],
  [3, race],
  [2, () => ({ kind: 'arrivals' })],
  [1, () => ({ kind: 'restart' })],
  [2, (chance) => ({ kind: 'funds', enough: chance.percent(50) })],
  [1, (chance) => ({ kind: 'slow', slow: chance.percent(60) })],
  [1, (chance) => ({ kind: 'refuse', as: chance.pick(['PARAM_ERROR', 'NO_AUTH', 'FREQUENCY_LIMITED'] as const) })],
  [1, (chance) => ({ kind: 'lie', lie: chance.pick(['amount', 'payee', 'merchant', 'bill'] as const) })],
  [2, (chance) => ({ kind: 'claw', guide: 0, partBps: chance.between(500, 11_000) })],
  [1, (chance) => ({ kind: 'suspend', guide: 0, suspended: chance.percent(50) })],
  [1, (chance) => ({ kind: 'withholding', method: chance.pick(WITHHOLDING) })],
];

/** Steps that say the same with less. */
export function* simplerPayout(step: PayoutStep): Generator<PayoutStep> {
  if ('faults' in step) yield* simplerTrouble(step);
  if (step.kind === 'notice') yield* simplerNotice(step);
  if (step.kind === 'confirm' && step.fate !== 'SUCCESS') yield { ...step, fate: 'SUCCESS' };
  if (step.kind === 'begin' && step.withholding !== 'none') yield { ...step, withholding: 'none' };
  if (step.kind === 'begin' && step.terms !== 'plain')
    yield { ...step, terms: 'plain', fundsFen: 45_000, named: false };
  if (step.kind === 'race' && step.racers.length > 1) {
    for (const index of step.racers.keys()) {
      yield { ...step, racers: step.racers.filter((_, other) => other !== index) };
    }
  }
  if (step.kind === 'end' && !step.earns) yield { ...step, earns: true };
  if (step.kind === 'end' && step.confirms) yield { ...step, confirms: false };
}
