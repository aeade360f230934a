/** The words in which a change of binding explains itself (R2.3). Pure. */

const CAUSES: Record<string, string> = {
  join: '加入会员时确认',
  order: '已支付订单',
  renewal: '订单完成，重新起算',
  hand_over: '总部批量移交',
  transfer: '总部单独调整',
  member_choice: '会员自己选择',
  merged: '同一人的两个账号合并',
};

export function causeText(cause: string): string {
  return CAUSES[cause] ?? cause;
}

export interface StepWords {
  /** e.g. `2026-11-22 09:30` */
  timeText: string;
  fromName: string | null;
  toName: string | null;
  cause: string;
  actor: string;
  reason: string | null;
}

/** `2026-11-22 09:30 由陈静变更为阿华（总部批量移交，操作人：总部 admin，原因：离职）` */
export function stepSentence({ timeText, fromName, toName, cause, actor, reason }: StepWords): string {
  const to = toName ?? '无导购';
  const what = fromName === null ? `归属${to}` : fromName === toName ? `继续归属${to}` : `由${fromName}变更为${to}`;
  const why = [causeText(cause), `操作人：${actor}`, ...(reason === null ? [] : [`原因：${reason}`])].join('，');
  return `${timeText} ${what}（${why}）`;
}
