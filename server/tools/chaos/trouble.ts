/** What goes wrong for any kind of history: faults on the line, a process that dies, and notices bent on their way. */
import { WechatNoticesController } from '../../src/mall/notices/wechat-notices.controller.js';
import { ProblemError } from '../../src/platform/http/problem.js';
import type { Chance } from '../model/chance.js';
import type { ChaosWorld, CrashPoint } from './chaos-world.js';
import { FAULTS, type FakeNotice, type Fault, type NoticeBend } from './fake-wechat.js';

/** How a notice is bent on its way. `amount`, `payer` and `number` are signed well and say something wrong. */
const TRICKS = [
  'forged',
  'probe',
  'stale',
  'serial',
  'truncated',
  'merchant',
  'app',
  'amount',
  'payer',
  'number',
] as const;
export type Trick = (typeof TRICKS)[number];

/** Where something goes wrong in the mall's own process or on its line to WeChat. */
export interface Trouble {
  faults: Fault[];
  crash: CrashPoint | null;
}

/** These are refused; the mall takes the others in and must not be led astray by them. */
const NOT_TAKEN: ReadonlySet<Trick> = new Set(['forged', 'probe', 'stale', 'serial', 'truncated', 'merchant', 'app']);

/** Mostly none. */
export function trouble(chance: Chance, percent: number): Trouble {
  if (!chance.percent(percent)) return { faults: [], crash: null };
  if (chance.percent(20)) {
    const when = chance.percent(50) ? ('before-commit' as const) : ('after-commit' as const);
    return { faults: [], crash: { transaction: chance.below(3), when } };
  }
  return { faults: Array.from({ length: chance.between(1, 3) }, () => chance.pick(FAULTS)), crash: null };
}

/** `which` of the notices that wait comes, `copies` times. */
export type NoticeStep = { kind: 'notice'; which: number; trick: Trick | null; copies: number } & Trouble;

export function drawNotice(chance: Chance): NoticeStep {
  return {
    kind: 'notice',
    which: chance.below(4),
    trick: chance.percent(45) ? chance.pick(TRICKS) : null,
    copies: chance.weighted([
      [6, 1],
      [2, 2],
      [1, 3],
    ]),
    ...trouble(chance, 15),
  };
}

/** Steps that say the same with less trouble. */
export function* simplerTrouble<Step extends Trouble>(step: Step): Generator<Step> {
  for (const index of step.faults.keys()) {
    yield { ...step, faults: step.faults.filter((_, other) => other !== index) };
  }
  if (step.crash !== null) yield { ...step, crash: null };
}

/** Notices that come once, or straight. */
export function* simplerNotice(step: NoticeStep): Generator<NoticeStep> {
  if (step.copies > 1) yield { ...step, copies: 1 };
  if (step.trick !== null) yield { ...step, trick: null };
}

/** Refusals are part of life; anything else that is thrown is a fault. */
export async function unlessRefused(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

/** Acts while the line and the process do as the step says. False: the process died of it. */
export async function troubled(
  world: ChaosWorld,
  { faults, crash }: Trouble,
  act: () => Promise<unknown>,
): Promise<boolean> {
  world.wechat.faults = [...faults];
  world.crashPoint = crash;
  const alive = await world.survive(() => unlessRefused(act));
  world.wechat.faults = [];
  return alive;
}

/** True when the mall answered that it has it. */
export async function sendNotice(
  world: ChaosWorld,
  notice: FakeNotice,
  trick: Trick | null,
  faults: string[],
): Promise<boolean> {
  const signed = world.wechat.sign(notice, bendOf(trick, notice, world.wechat.mchId));
  if (trick === 'probe')
    signed.headers['wechatpay-signature'] = `WECHATPAY/SIGNTEST/${signed.headers['wechatpay-signature']}`;
  const rawBody = trick === 'truncated' ? signed.body.subarray(0, signed.body.length / 2) : signed.body;
  const request = { headers: signed.headers, rawBody, id: 'chaos' };
  try {
    await world.get(WechatNoticesController).receive(request as never);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (trick === null || !NOT_TAKEN.has(trick)) faults.push(`a good notice was refused: ${error.message}`);
    return false;
  }
  if (trick !== null && NOT_TAKEN.has(trick)) faults.push(`a notice was believed that is ${trick}`);
  return true;
}

/** Whether the mall has heard a notice. `unsure`: its process died, or only some of the copies were taken. */
export type Delivery = 'taken' | 'refused' | 'unsure';

/** All copies come at once. Ends when the last of them has: none goes on into the next step. */
export async function deliverNotice(
  world: ChaosWorld,
  notice: FakeNotice,
  step: NoticeStep,
  faults: string[],
): Promise<Delivery> {
  let answers: boolean[] = [];
  const alive = await troubled(world, step, async () => {
    const sent = Array.from({ length: step.copies }, () => sendNotice(world, notice, step.trick, faults));
    await Promise.allSettled(sent);
    answers = await Promise.all(sent);
  });
  if (!alive) return 'unsure';
  if (answers.every(Boolean)) return 'taken';
  return answers.some(Boolean) ? 'unsure' : 'refused';
}

function bendOf(trick: Trick | null, notice: FakeNotice, mchId: string): NoticeBend {
  switch (trick) {
    case 'forged':
      return { by: 'stranger' };
    case 'stale':
      return { ageMs: 301_000 };
    case 'serial':
      return { serial: 'PUB_KEY_ID_OF_NOBODY' };
    case 'merchant':
      return { change: { mchid: `${mchId}1` } };
    case 'app':
      return { change: { appid: 'wxsomebodyelse' } };
    case 'payer':
      return { change: { payer: { openid: 'somebody-else' }, openid: 'somebody-else' } };
    case 'number':
      return { change: { out_trade_no: UNKNOWN_NO, out_refund_no: UNKNOWN_NO, out_bill_no: UNKNOWN_NO } };
    case 'amount':
      return { change: wrongAmount(notice) };
    default:
      return {};
  }
}

/** A number that nobody has given. */
export const UNKNOWN_NO = '01NEVERHEARDOF';

function wrongAmount({ resource, originalType }: FakeNotice): Record<string, unknown> {
  if (originalType === 'mch_payment') return { transfer_amount: Number(resource.transfer_amount) + 1 };
  const wrong = originalType === 'refund' ? { refund: 1_234_567 } : { total: 1, payer_total: 1 };
  return { amount: { ...(resource.amount as Record<string, unknown>), ...wrong } };
}
