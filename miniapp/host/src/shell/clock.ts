/** What the phone's clock shows now, `9:41`. */
export function timeOfDay(): string {
  const now = new Date();
  return `${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')}`;
}
