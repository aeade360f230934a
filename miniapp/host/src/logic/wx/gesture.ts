import { Refusal } from './answer.js';

export const NEEDS_TAP = 'can only be invoked by user TAP gesture.';

/**
 * Whether she has just tapped: some things WeChat does only then. It is so until the task ends in which her tap arrived:
 * in its handlers and in promises that are settled by then, no longer once anything was waited for.
 */
export class Gesture {
  isNow = false;
  private turn = 0;

  begin(): void {
    this.turn += 1;
    const { turn } = this;
    this.isNow = true;
    // Not a timer: those of a window that nobody looks at come late.
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port2.close();
      if (turn === this.turn) this.isNow = false;
    };
    port1.postMessage(null);
  }

  /** At once: the browser lets what comes from outside pass before a message that waits, above all after a touch. */
  end(): void {
    this.isNow = false;
  }

  /** Throws WeChat's refusal when she has not. */
  need(): void {
    if (!this.isNow) throw new Refusal(NEEDS_TAP);
  }
}
