import { type EmulatorOptions, startEmulator } from '../start-emulator.js';
import { Merchant } from './merchant.js';
import { NoticeEndpoint } from './notice-endpoint.js';

/** What a check may start. Everything is closed after the check, however it ended. */
export class Bench {
  private readonly closing: (() => Promise<void> | void)[] = [];
  /** Key pairs take longest to make, so all checks share the first. */
  private static credentials: EmulatorOptions['credentials'];

  /** A fresh emulator, and a merchant that talks to it over HTTP. */
  async merchant(options: EmulatorOptions = {}): Promise<Merchant> {
    const running = await startEmulator({
      ...(Bench.credentials ? { credentials: Bench.credentials } : {}),
      refundDelayMs: 0,
      retryDelaysMs: [],
      ...options,
    });
    Bench.credentials ??= running.credentials;
    this.closing.push(() => running.close());
    return new Merchant(running.baseUrl, running.credentials);
  }

  /** Where notices arrive. */
  async endpoint(): Promise<NoticeEndpoint> {
    const endpoint = new NoticeEndpoint();
    await endpoint.open();
    this.closing.push(() => endpoint.close());
    return endpoint;
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0)) await close();
  }
}
