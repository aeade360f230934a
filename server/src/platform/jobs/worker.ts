import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Outbox } from '../outbox/outbox.js';
import { OutboxRelay } from '../outbox/relay.js';
import { JobRegistry } from './job.js';
import { WorkLoop } from './work-loop.js';

/**
 * Relay and jobs: inside the API on SQLite, in a process of its own on the MySQL family. Each has its loop, since a
 * job that waits for WeChat must not hold up what customers wait for.
 */
@Injectable()
export class Worker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Worker.name);
  private readonly stopping = new AbortController();
  private readonly relaying = new WorkLoop('relay', () => this.relay.drain(this.stopping.signal));
  private readonly jobbing = new WorkLoop('jobs', () => this.runJobs());

  constructor(
    private readonly relay: OutboxRelay,
    private readonly jobs: JobRegistry,
    private readonly outbox: Outbox,
  ) {}

  start(): void {
    if (this.stopping.signal.aborted) return;
    this.relaying.start();
    this.jobbing.start();
    this.outbox.onAdded(() => this.relaying.wake());
  }

  /** Runs both soon. */
  wake(): void {
    this.relaying.wake();
    this.jobbing.wake();
  }

  /** Runs relay and jobs until neither has anything to do. For the demo's clock and for tests. */
  async settle(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await Promise.all([this.relaying.running, this.jobbing.running]);
      const done = (await this.relay.drain(signal)) + (await this.runJobs()) + (await this.relay.drain(signal));
      // A run that began meanwhile may hold claims that this one could not see.
      if (done === 0 && this.relaying.running === null && this.jobbing.running === null) return;
    }
  }

  /** Before the database is closed, which happens in onApplicationShutdown. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.relaying.stop(), this.jobbing.stop()]);
  }

  private async runJobs(): Promise<number> {
    let done = 0;
    for (const { name, job } of this.jobs.all()) {
      if (this.stopping.signal.aborted) return done;
      try {
        done += await job.run(this.stopping.signal);
      } catch (error) {
        // One broken job must not stop the others.
        this.logger.error({ message: 'a job failed', job: name, error });
      }
    }
    return done;
  }
}
