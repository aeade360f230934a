import { createHash } from 'node:crypto';

export const Arm = { Treated: 'treated', Holdout: 'holdout' } as const;
export type Arm = (typeof Arm)[keyof typeof Arm];

/** 0 to 9,999, the same for ever for one campaign and member. 2^64 mod 10,000 leaves no bias that could be measured. */
export function bucketOf(campaignId: string, memberId: string): number {
  const digest = createHash('sha256').update(`${campaignId}:${memberId}`).digest();
  return Number(digest.readBigUInt64BE(0) % 10_000n);
}

/** R6.5: decided by a stable hash. Arms of two campaigns are independent, since the campaign's id is hashed too. */
export function armOf(campaignId: string, memberId: string, holdoutBps: number): Arm {
  return bucketOf(campaignId, memberId) < holdoutBps ? Arm.Holdout : Arm.Treated;
}
