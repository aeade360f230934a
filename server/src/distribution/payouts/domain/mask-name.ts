/** A real name as it is shown: its last character only, as banks do: `陈静` → `*静`, `欧阳静` → `**静`. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  const last = characters.pop();
  return last === undefined ? '' : `${'*'.repeat(Math.max(1, characters.length))}${last}`;
}
