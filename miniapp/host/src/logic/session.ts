export interface SentRequest {
  page: string;
  method: string;
  url: string;
  /** Null while it is on its way. */
  status: number | string | null;
  answeredAt: number | null;
}

/** What this phone remembers until the host is closed, and what was seen on it: the report of a run. */
export class Session {
  clipboard = '';
  online = true;
  /** She agreed to the privacy guideline. */
  agreed: boolean;
  /** Answers to `wx.authorize` by scope. */
  readonly scopes = new Map<string, boolean>();
  /** Cards that were sent. */
  readonly sharedCards: { title: string; path: string; imageUrl: string }[] = [];
  /** When app.js began to run; `at` of a call of setData and `answeredAt` are so many milliseconds later. */
  launchedAt = 0;
  readonly dataCalls: { page: string; bytes: number; at: number }[] = [];
  /** In the order in which they were sent. */
  readonly requests: SentRequest[] = [];
  /** What the mini-program's own `console.error` said. */
  readonly consoleErrors: unknown[][] = [];
  privacyListener: ((resolve: (answer: PrivacyAnswer) => void, info: { referrer: string }) => void) | null = null;

  constructor({ checksPrivacy }: { checksPrivacy: boolean }) {
    this.agreed = !checksPrivacy;
  }

  sinceLaunch(): number {
    return Math.round(performance.now() - this.launchedAt);
  }
}

export interface PrivacyAnswer {
  event: 'exposureAuthorization' | 'agree' | 'disagree';
  buttonId?: string;
}
