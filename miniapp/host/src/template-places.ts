/** The name that the compiled templates have in a stack. */
export const TEMPLATES_NAME = 'weapp-templates';

/** A place in a text: `line` counted from 1, `column` as the characters before it. */
export interface TextPlace {
  line: number;
  column: number;
}

/** Where a text ends. */
export function endOf(text: string): TextPlace {
  const lines = text.split('\n');
  return { line: lines.length, column: lines.at(-1)?.length ?? 0 };
}

/** A script of a template, between marks that say where in the mini-program it was written. It gets no more lines. */
export function markScript(text: string, file: string, { line, column }: TextPlace): string {
  return `/*weapp ${file}:${line}:${column}*/${text}/*weapp*/`;
}

const MARKED = /(\/\*weapp (.+?):(\d+):(\d+)\*\/)([\s\S]*?)\/\*weapp\*\//g;

interface CompiledScript {
  file: string;
  /** Where it begins in its file. */
  written: TextPlace;
  /** Where it lies in what was compiled. */
  start: TextPlace;
  end: TextPlace;
}

function scriptsIn(compiled: string): CompiledScript[] {
  return [...compiled.matchAll(MARKED)].map(
    ({ 1: mark = '', 2: file = '', 3: line, 4: column, 5: text = '', index }) => {
      const before = compiled.slice(0, index) + mark;
      const written = { line: Number(line), column: Number(column) };
      return { file, written, start: endOf(before), end: endOf(before + text) };
    },
  );
}

const isBefore = (one: TextPlace, other: TextPlace): boolean =>
  one.line < other.line || (one.line === other.line && one.column < other.column);

/** Finds the lines of scripts in templates by the lines that they have in what was compiled. */
export class TemplatePlaces {
  constructor(private readonly compiled: string) {}

  /** `file:line:column` in the mini-program; null outside its scripts. Lines and columns are counted from 1. */
  placeOf(line: number, column: number): string | null {
    const place = { line, column: column - 1 };
    const script = scriptsIn(this.compiled).find(({ start, end }) => !isBefore(place, start) && isBefore(place, end));
    if (script === undefined) return null;
    const { file, written, start } = script;
    const further = line === start.line ? written.column - start.column : 0;
    return `${file}:${written.line + line - start.line}:${column + further}`;
  }
}
