export type Data = Record<string, unknown>;

/** `a[0].b`, `a.[0].b` → its steps. */
export function stepsOf(path: string): string[] {
  return path.match(/[^.[\]]+/g) ?? [];
}

/** What lies at the path; undefined when nothing does. */
export function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const step of stepsOf(path)) value = value === null || value === undefined ? undefined : (value as Data)[step];
  return value;
}

/** Writes at the path and makes the lists and objects that are missing on the way. */
export function writeAt(data: Data, path: string, value: unknown): void {
  const steps = stepsOf(path);
  let place = data;
  steps.slice(0, -1).forEach((step, at) => {
    const found = place[step];
    if (typeof found !== 'object' || found === null) place[step] = /^\d+$/.test(steps[at + 1]) ? [] : {};
    place = place[step] as Data;
  });
  place[steps[steps.length - 1]] = value;
}

/** What is left of a value on its way over the bridge: no functions, no `undefined`, no shared objects. */
export function overTheBridge<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
