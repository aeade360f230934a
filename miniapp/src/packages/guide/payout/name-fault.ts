/** What is wrong with a real name as it stands; null: it can be sent. The server decides again by the same rule. */
export function nameFault(typed: string): string | null {
  const name = typed.trim();
  if (name === '') return '请填真实姓名';
  if (name.length < 2) return '姓名至少 2 个字';
  // Latin letters for people with a foreign passport, the dot of 阿依古丽·买买提.
  return /^[\u3400-\u9fffA-Za-z·•. ]+$/.test(name) ? null : '姓名里只能有汉字、字母和间隔点';
}
