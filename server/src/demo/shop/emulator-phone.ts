import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 60;
const PAUSE_MS = 500;

/** A demo person's phone: gets from the emulator the codes that WeChat would give a real one. */
export class EmulatorPhone {
  constructor(
    private readonly emulatorUrl: string,
    private readonly persona: string,
  ) {}

  loginCode(): Promise<string> {
    return this.ask('/device/login-code');
  }

  phoneCode(): Promise<string> {
    return this.ask('/device/phone-code');
  }

  /** The launcher starts the emulator at the same time, so the first question may come too early. */
  private async ask(path: string): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await fetch(`${this.emulatorUrl}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ persona: this.persona }),
          signal: AbortSignal.timeout(5_000),
        });
        if (!answer.ok) throw new Error(`the emulator answered ${answer.status} to ${path}`);
        return ((await answer.json()) as { code: string }).code;
      } catch (error) {
        if (attempt >= TRIES)
          throw new Error(`the WeChat emulator at ${this.emulatorUrl} does not answer`, { cause: error });
        await sleep(PAUSE_MS);
      }
    }
  }
}
