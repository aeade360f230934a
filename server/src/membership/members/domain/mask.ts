/** R2.6: what a guide may see of a customer. */

/** How a member is called who closed her account. */
export const CLOSED_NAME = '已注销用户';

/** First character and stars, whatever the length: `王小雨` → `王**`. Without a nickname: 顾客. */
export function maskNickname(nickname: string | null): string {
  const [first] = nickname?.trim() ?? '';
  return first === undefined ? '顾客' : `${first}**`;
}

/** `13800138001` → `138****8001`; short numbers show their last two digits only. */
export function maskPhone(phone: string): string {
  return phone.length < 9 ? `****${phone.slice(-2)}` : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
