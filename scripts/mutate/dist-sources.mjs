import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parse } from 'acorn';

/** @typedef {{file: string, start: number, end: number}} Place a piece of a file of the build */
/** @typedef {Place & {text: string}} Edit what stands there instead */

/**
 * @param {object} node of the parser
 * @param {(node: any, ancestors: any[]) => void} visit
 * @param {any[]} [ancestors] outermost first
 */
export function walk(node, visit, ancestors = []) {
  visit(node, ancestors);
  const inside = [...ancestors, node];
  for (const value of Object.values(node)) {
    const children = Array.isArray(value) ? value : [value];
    for (const child of children) if (typeof child?.type === 'string') walk(child, visit, inside);
  }
}

/** The function that is called, also in `(0, module.name)(…)`. */
export const calleeOf = ({ callee }) => (callee.type === 'SequenceExpression' ? callee.expressions.at(-1) : callee);

/** The name by which an import is called: bundlers shorten local names, but not those of properties like `jsx`. */
export function calledName(call) {
  const callee = calleeOf(call);
  return callee.type === 'MemberExpression' && !callee.computed ? callee.property.name : (callee.name ?? '');
}

/**
 * The modules of a webpack chunk, by id: the second element of what is pushed, an object or an array with gaps.
 *
 * @returns {Map<string, any>} functions
 */
function modulesOf(program) {
  const modules = new Map();
  walk(program, (node) => {
    if (node.type !== 'CallExpression' || calledName(node) !== 'push') return;
    const table = node.arguments[0]?.type === 'ArrayExpression' ? node.arguments[0].elements[1] : null;
    const isFunction = (value) => /Function/.test(value?.type ?? '');
    if (table?.type === 'ObjectExpression') {
      for (const { key, value } of table.properties)
        if (isFunction(value)) modules.set(String(key.value ?? key.name), value);
    } else if (table?.type === 'ArrayExpression') {
      for (const [id, value] of table.elements.entries()) if (isFunction(value)) modules.set(String(id), value);
    }
  });
  return modules;
}

/** A build as it lies on the disk: its files and what its scripts are made of. */
export class DistSources {
  /** @param {string} folder the one with app.json */
  constructor(folder) {
    this.folder = folder;
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    /** @type {string[]} with forward slashes */
    this.files = entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(sep)
          .join('/'),
      )
      .sort();
    this.texts = new Map();
    this.programs = new Map();
  }

  text(file) {
    if (!this.texts.has(file)) this.texts.set(file, readFileSync(join(this.folder, file), 'utf8'));
    return this.texts.get(file);
  }

  json(file) {
    return JSON.parse(this.text(file));
  }

  /** @returns {string[]} scripts */
  scripts() {
    return this.files.filter((file) => file.endsWith('.js'));
  }

  program(file) {
    if (!this.programs.has(file)) this.programs.set(file, parse(this.text(file), { ecmaVersion: 2022 }));
    return this.programs.get(file);
  }

  /**
   * The modules of all scripts. A bundler puts one module into several packages; they are one thing, whose defect
   * would stand in each copy.
   *
   * @returns {{id: string, copies: {file: string, node: any}[]}[]}
   */
  modules() {
    const found = new Map();
    for (const file of this.scripts()) {
      for (const [id, node] of modulesOf(this.program(file))) {
        const text = this.text(file).slice(node.start, node.end);
        const key = `${id}\n${text}`;
        if (!found.has(key)) found.set(key, { id, copies: [] });
        found.get(key).copies.push({ file, node });
      }
    }
    return [...found.values()];
  }

  /** All pages of app.json, the tabs first. */
  pages() {
    const { pages, subPackages = [] } = this.json('app.json');
    return [...pages, ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`))];
  }
}

/**
 * @param {string} text
 * @param {{start: number, end: number, text: string}[]} edits of this text; none overlaps another
 */
export function edited(text, edits) {
  const later = [...edits].sort((a, b) => b.start - a.start || b.end - a.end);
  return later.reduce((rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end), text);
}

/** Puts something before and behind pieces of a text, which may lie inside of one another. */
export function wrapped(text, wraps) {
  const marks = wraps.flatMap(({ start, end, before, after }) => [
    // At one place the inner ones close before the outer ones, and what begins comes after what ends.
    { at: start, order: 1, size: start - end, text: before },
    { at: end, order: 0, size: end - start, text: after },
  ]);
  marks.sort((a, b) => a.at - b.at || a.order - b.order || a.size - b.size);
  let done = 0;
  let out = '';
  for (const mark of marks) {
    out += text.slice(done, mark.at) + mark.text;
    done = mark.at;
  }
  return out + text.slice(done);
}

/**
 * A copy of the build with other texts in some of its files.
 *
 * @param {string} from folder
 * @param {string} to folder that is not there yet
 * @param {Map<string, string | null>} texts by file; null removes it
 */
export function writeCopy(from, to, texts) {
  cpSync(from, to, { recursive: true, filter: (path) => texts.get(path.slice(from.length + 1)) !== null });
  for (const [file, text] of texts) if (text !== null) writeFileSync(join(to, file), text);
}
