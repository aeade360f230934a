/** Cuts after `length` characters, never through the middle of one. */
export function cutTo(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : characters.slice(0, length).join('');
}

/** One line without control characters and runs of blanks. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** The address of a picture as it stands, if it is one that a browser can show; else null. */
export function pictureAddress(text: string): string | null {
  const address = text.startsWith('//') ? `https:${text}` : text;
  if (!/^https?:\/\//i.test(address)) return null;
  try {
    const { href } = new URL(address);
    const kept = /[\p{Cc}\s]/u.test(address) ? href : address;
    return kept.length <= 1_000 ? kept : null;
  } catch {
    return null;
  }
}
