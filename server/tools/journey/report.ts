/** Prints each step, for people or as one JSON object a line. */
export type StepDetails = Record<string, unknown>;

export interface Reporter {
  step(step: string, ok: boolean, details: StepDetails): void;
}

function humanText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

export const humanReporter: Reporter = {
  step(step, ok, details) {
    const text = Object.entries(details)
      .map(([name, value]) => `${name}=${humanText(value)}`)
      .join('  ');
    process.stdout.write(`${ok ? '✓' : '✗'} ${step.padEnd(28)} ${text}\n`);
  },
};

export const jsonReporter: Reporter = {
  step(step, ok, details) {
    process.stdout.write(`${JSON.stringify({ step, ok, ...details })}\n`);
  },
};
