/** Plays payouts in the real mall, with a provider of transfers that answers as the step says. */
import { CancelPayout } from '../../src/distribution/payouts/cancel-payout.service.js';
import { DecidePayout } from '../../src/distribution/payouts/decide-payout.service.js';
import type {
  CancelAnswer,
  QueryAnswer,
  SubmitAnswer,
  TransferProvider,
} from '../../src/distribution/payouts/payouts.public.js';
import { RequestPayout } from '../../src/distribution/payouts/request-payout.service.js';
import { SubmitTransfer } from '../../src/distribution/payouts/submit-transfer.service.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { newId } from '../../src/platform/ids/ids.js';
import { HQ_NAME, type MallWorld } from './mall-world.js';
import type { PayoutStep, TransferAnswer } from './steps.js';

/** Answers every call of one step alike, and tells whether it was called at all. */
class ScriptedProvider implements TransferProvider {
  calls = 0;
  private refusedNow = false;

  constructor(private readonly answer: TransferAnswer) {}

  async accountOf(guideId: string): Promise<string> {
    return `account of ${guideId}`;
  }

  async cancel(): Promise<CancelAnswer> {
    this.calls += 1;
    return { outcome: 'unknown' };
  }

  async submit(): Promise<SubmitAnswer> {
    this.calls += 1;
    if (this.answer === 'unknown') return { outcome: 'unknown' };
    if (this.answer === 'failed') {
      this.refusedNow = true;
      return { outcome: 'refused', reason: '账户异常' };
    }
    return { outcome: 'accepted', standing: { state: this.answer, providerNo: 'p-1' } };
  }

  async query(): Promise<QueryAnswer> {
    this.calls += 1;
    if (this.answer === 'unknown') return { outcome: 'unknown' };
    if (this.refusedNow) return { outcome: 'not_found' };
    if (this.answer === 'failed') {
      return { outcome: 'found', standing: { state: 'failed', providerNo: 'p-1', reason: '账户异常' } };
    }
    return { outcome: 'found', standing: { state: this.answer, providerNo: 'p-1' } };
  }
}

export class PayoutPlayer {
  private readonly payouts = new Map<number, { id: string; guideId: string }>();

  constructor(private readonly world: MallWorld) {}

  async play(step: PayoutStep): Promise<boolean> {
    if (step.kind === 'payout') return this.request(step);
    const payout = this.payouts.get(step.payout);
    if (payout === undefined) throw new Error(`payout ${step.payout} was never requested`);
    if (step.kind === 'withdraw') {
      await this.world.get(CancelPayout).execute(payout.guideId, payout.id);
      return true;
    }
    if (step.kind === 'decide') {
      const to = step.approves ? ('approved' as const) : ('rejected' as const);
      await this.world.get(DecidePayout).execute(HQ_NAME, { payoutId: payout.id, to, reason: '审批' });
      return true;
    }
    return this.transfer(payout.id, step.part, step.answer);
  }

  private async request(step: Extract<PayoutStep, { kind: 'payout' }>): Promise<boolean> {
    const guideId = this.world.guideId(step.guide);
    const input = { amountFen: step.amountFen as never };
    const id = await this.world.get(RequestPayout).execute(guideId, newId('pyo'), input);
    this.payouts.set(step.payout, { id, guideId });
    return true;
  }

  /** Whether the provider was asked anything. */
  private async transfer(payoutId: string, part: number, answer: TransferAnswer): Promise<boolean> {
    const row = await this.world
      .get(Database)
      .first<{ id: string }>('SELECT id FROM payout_transfers WHERE requestId = ? AND position = ?', [
        payoutId,
        part + 1,
      ]);
    if (row === null) throw new Error(`payout ${payoutId} has no transfer ${part}`);
    // How long it rests between two questions is not what is compared here.
    await this.world
      .get(UnitOfWork)
      .run((tx) => tx.execute('UPDATE payout_transfers SET nextCheckAt = 0 WHERE id = ?', [row.id]));
    const provider = new ScriptedProvider(answer);
    // Nest has bound whatever sends money outside; here nothing must.
    Object.assign(this.world.get(SubmitTransfer), { provider });
    await this.world.get(SubmitTransfer).execute(row.id);
    return provider.calls > 0;
  }
}
