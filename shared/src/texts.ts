/** Texts that people write and others see. Each is shown once WeChat or HQ has passed it (fail closed). */

/** What a text is for. Texts of people that only staff read are not among them. */
export const TextKind = { Nickname: 'nickname' } as const;
export type TextKind = (typeof TextKind)[keyof typeof TextKind];

/** `withdrawn`: she wrote another before it was decided. */
export const TextState = {
  Waiting: 'waiting',
  Shown: 'shown',
  Refused: 'refused',
  Withdrawn: 'withdrawn',
} as const;
export type TextState = (typeof TextState)[keyof typeof TextState];

/** Why a text waits for HQ. */
export const TextCause = {
  /** WeChat itself wants a person to look. */
  Review: 'review',
  /** WeChat has not seen her for two hours (61010), or never. */
  Unseen: 'unseen',
  /** WeChat does not judge the same text of one person twice in a row (87020). */
  Repeated: 'repeated',
  /** The day's calls are used up. */
  Quota: 'quota',
  /** No answer after all tries. */
  Unanswered: 'unanswered',
  /** WeChat does not take the call: a fault of ours, in the log. */
  Misconfigured: 'misconfigured',
} as const;
export type TextCause = (typeof TextCause)[keyof typeof TextCause];

/** GET /api/me/nickname */
export interface MyNickname {
  /** What others see of her, masked; null: nothing yet. */
  shown: string | null;
  /** Her new one, which nobody sees yet. */
  waiting: { text: string; since: number } | null;
  /** Her last one, when it was not taken and she has written none since. */
  refused: { text: string; at: number; reason: string } | null;
}

/** PUT /api/me/nickname → MyNickname; 422 `text-refused` when WeChat refuses it at once. */
export interface NicknameRequest {
  /** 1 to 20 characters, no blanks around it. */
  nickname: string;
}

/** GET /api/hq/texts?state=waiting — oldest first. */
export interface HqText {
  id: string;
  kind: TextKind;
  memberId: string;
  /** Null once it is shown or withdrawn: it is not kept twice. */
  text: string | null;
  state: TextState;
  /** Of one that waits: the next check, or HQ. HQ may decide either. */
  waitingFor: 'check' | 'hq' | null;
  cause: TextCause | null;
  /** WeChat's label, e.g. 20006; null: none was given. */
  label: number | null;
  tries: number;
  writtenAt: number;
  /** How long it has waited. */
  waitingMs: number | null;
  decidedAt: number | null;
  /** `wechat`, or who of HQ. */
  decidedBy: string | null;
  reason: string | null;
}

/** GET /api/hq/texts/counts */
export interface HqTextCounts {
  waitingForCheck: number;
  waitingForHq: number;
  oldestWaitingAt: number | null;
  shown: number;
  refused: number;
  /** Of those that wait for HQ. */
  causes: Partial<Record<TextCause, number>>;
}

/** POST /api/hq/texts/:id/pass and …/refuse; a refusal's reason is what she reads. */
export interface TextDecisionRequest {
  reason: string;
}
