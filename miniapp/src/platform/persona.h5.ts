/**
 * The browser demo plays different people: `?as=chenjing`, before or after the hash. sessionStorage belongs to one
 * tab, so two tabs can be two people.
 */
const KEY = 'mall.persona';
const NAME = /^[A-Za-z0-9_-]{1,40}$/;

function asked(): string | null {
  const inside = window.location.hash.split('?')[1] ?? '';
  const name = new URLSearchParams(window.location.search).get('as') ?? new URLSearchParams(inside).get('as');
  return name !== null && NAME.test(name) ? name : null;
}

/** The person whom this tab plays. */
export function persona(): string {
  const name = asked() ?? window.sessionStorage.getItem(KEY) ?? 'xiaoyu';
  window.sessionStorage.setItem(KEY, name);
  return name;
}

export function storageOwner(): string {
  return persona();
}
