import { Logger } from '@nestjs/common';

const TICK_MS = 1_000;

/** Runs one kind of work again and again, one run at a time: at every tick, and soon after it is woken. */
export class WorkLoop {
  private readonly logger = new Logger(WorkLoop.name);
  private timer: NodeJS.Timeout | null = null;
  private again = false;
  /** The run under way. */
  running: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly work: () => Promise<number>,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.wake(), TICK_MS);
  }

  /** Does nothing before start and after stop. A run under way is followed by another: nothing added meanwhile waits. */
  wake(): void {
    if (this.timer === null) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.run().finally(() => {
      this.running = null;
      if (!this.again) return;
      this.again = false;
      this.wake();
    });
  }

  /** Resolves when the run under way has ended; no other begins. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.error({ message: 'a run failed', loop: this.name, error });
    }
  }
}
