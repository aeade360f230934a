import { HostFault } from '../host-fault.js';

export type Json = Record<string, unknown>;

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** Throws a HostFault with the line of the first character that is no JSON, or when the text is no object. */
export function readJson(file: string, text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message);
    // Without a position the text ended too early.
    const line = lineOf(text, position === null ? text.length : Number(position[1]));
    throw new HostFault(`not valid JSON (${message})`, { file, line });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HostFault('must be a JSON object', { file, line: 1 });
  }
  return value as Json;
}
