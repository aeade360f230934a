import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Outbox } from '../outbox/outbox.js';
import { OutboxRelay } from '../outbox/relay.js';
import { JobRegistry } from './job.js';

const TICK_MS = 1_000;

/** The loop that runs relay and jobs: inside the API on SQLite, in a process of its own on the MySQL family. */
@Injectable()
export class Worker implements OnApplicationShutdown {
  private readonly logger = new Logger(Worker.name);
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly relay: OutboxRelay,
    private readonly jobs: JobRegistry,
    private readonly outbox: Outbox,
  ) {}

  start(): void {
    if (this.timer) return;
    this.timer = setInterval(() => this.wake(), TICK_MS);
    this.outbox.onAdded(() => this.wake());
  }

  /** Runs a pass soon; a pass under way is followed by another, so that nothing added meanwhile waits for the tick. */
  wake(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.pass().finally(() => {
      this.running = null;
      if (this.again && this.timer) {
        this.again = false;
        this.wake();
      }
    });
  }

  /** Runs relay and jobs until neither has anything to do. For the demo's clock and for tests. */
  async settle(): Promise<void> {
    for (;;) {
      await this.running;
      const done = await this.work();
      // A pass that began meanwhile may hold claims that this one could not see.
      if (done === 0 && this.running === null) return;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  private async pass(): Promise<void> {
    await this.work().catch((error: unknown) => this.logger.error({ message: 'a worker pass failed', error }));
  }

  private async work(): Promise<number> {
    let done = await this.relay.drain();
    for (const { name, job } of this.jobs.all()) {
      try {
        done += await job.run();
      } catch (error) {
        // One broken job must not stop the others.
        this.logger.error({ message: 'a job failed', job: name, error });
      }
    }
    return done + (await this.relay.drain());
  }
}
