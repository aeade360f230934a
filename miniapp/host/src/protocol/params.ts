export type Params = Record<string, unknown>;
export type CommandTable = Record<string, (params: Params) => unknown>;

export function text(params: Params, name: string): string {
  const value = params[name];
  if (typeof value !== 'string') throw new Error(`${name} must be a string`);
  return value;
}

export const list = (params: Params, name: string): unknown[] => (params[name] ?? []) as unknown[];
export const names = (params: Params): string[] => list(params, 'names').map(String);
