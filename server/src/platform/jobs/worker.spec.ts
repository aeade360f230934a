import type { Outbox } from '../outbox/outbox.js';
import type { OutboxRelay } from '../outbox/relay.js';
import type { Job, JobRegistry } from './job.js';
import { Worker } from './worker.js';

/** A promise that the test fulfils. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('worker', () => {
  let drains: number;
  let waiting: number;
  let nudge: () => void;
  let worker: Worker;
  const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

  const workerOf = (job: Job): Worker => {
    drains = 0;
    waiting = 0;
    const drain = async (signal?: AbortSignal): Promise<number> => {
      drains += 1;
      await soon();
      if (signal?.aborted || waiting === 0) return 0;
      waiting -= 1;
      return 1;
    };
    const outbox = {
      onAdded: (told: () => void) => {
        nudge = told;
      },
    };
    const registry = { all: () => [{ name: 'test', job }] };
    return new Worker(
      { drain } as unknown as OutboxRelay,
      registry as unknown as JobRegistry,
      outbox as unknown as Outbox,
    );
  };
  afterEach(() => worker.beforeApplicationShutdown());

  it('A6: relays events while a job waits for an answer from outside', async () => {
    const answer = gate();
    worker = workerOf({ run: () => answer.opened.then(() => 0) });
    worker.start();
    worker.wake();
    await soon();
    waiting = 1;
    nudge();
    await soon();
    await soon();
    await soon();
    expect(waiting).toBe(0);
    answer.open();
  });

  it('settles when neither relay nor jobs have anything to do', async () => {
    let left = 3;
    worker = workerOf({
      run: async () => {
        if (left === 0) return 0;
        left -= 1;
        waiting += 1;
        return 1;
      },
    });
    await worker.settle();
    expect([left, waiting]).toEqual([0, 0]);
  });

  it('A11: ends its shutdown only when the run under way has ended, tells it to stop, and begins no other', async () => {
    const answer = gate();
    let told: AbortSignal | undefined;
    let runs = 0;
    worker = workerOf({
      run: async (signal) => {
        told = signal;
        runs += 1;
        await answer.opened;
        return 0;
      },
    });
    worker.start();
    worker.wake();
    await soon();
    let over = false;
    const stopped = worker.beforeApplicationShutdown().then(() => {
      over = true;
    });
    await soon();
    expect([over, told?.aborted]).toEqual([false, true]);
    answer.open();
    await stopped;
    const before = drains;
    worker.start();
    worker.wake();
    nudge();
    await soon();
    expect([over, runs, drains]).toEqual([true, 1, before]);
  });
});
