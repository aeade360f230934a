import { type Data, overTheBridge, stepsOf, valueAt } from './data-path.js';
import type { Definition } from './module-loader.js';

type Call = (this: unknown, ...args: unknown[]) => unknown;
type Filter = (target: Definition, further: (((target: Definition) => void) | null)[]) => void;

interface Property {
  type?: unknown;
  value?: unknown;
  observer?: Call | string;
}

export interface Observer {
  fields: string;
  observer: Call;
}

/** A behavior may change the definition of whoever has it: `definitionFilter`. */
function filterOf(behavior: Definition): ((target: Definition) => void) | null {
  const { definitionFilter, behaviors = [] } = behavior as { definitionFilter?: Filter; behaviors?: Definition[] };
  if (definitionFilter === undefined) return null;
  return (target) => definitionFilter(target, behaviors.map(filterOf));
}

/** A definition of its own on which the filters of its behaviors have worked. */
export function filtered(definition: Definition): Definition {
  const copied = ['data', 'methods', 'lifetimes', 'observers', 'properties'].flatMap((name) => {
    const part = definition[name];
    return typeof part === 'object' && part !== null && !Array.isArray(part) ? [[name, { ...part }]] : [];
  });
  const behaviors = [...((definition.behaviors ?? []) as Definition[])];
  const own: Definition = { ...definition, ...Object.fromEntries(copied) };
  if (behaviors.length > 0) own.behaviors = behaviors;
  for (const behavior of behaviors) filterOf(behavior)?.(own);
  return own;
}

const propertiesOf = ({ properties = {} }: Data): [string, Property][] =>
  Object.entries(properties as Data).map(([name, given]) => {
    return [name, typeof given === 'object' && given !== null ? given : { type: given }];
  });

export function observersOf(definition: Data): Observer[] {
  const { observers = {} } = definition;
  const listed = Array.isArray(observers)
    ? (observers as Observer[])
    : Object.entries(observers as Record<string, Call>).map(([fields, observer]) => ({ fields, observer }));
  const ofProperties = propertiesOf(definition).flatMap(([name, { observer }]) => {
    if (observer === undefined) return [];
    const call: Call = function changed(this: unknown, value) {
      return (typeof observer === 'string' ? ((this as Data)[observer] as Call) : observer).call(this, value);
    };
    return [{ fields: name, observer: call }];
  });
  return [...listed, ...ofProperties];
}

const EMPTY = new Map<unknown, unknown>([
  [String, ''],
  [Number, 0],
  [Boolean, false],
  [Array, []],
]);

/** The values of its properties as a page begins: those of its address, else the usual ones. */
export function propertyValues(definition: Data, query: Record<string, string>): Data {
  const values = propertiesOf(definition).map(([name, { type, value }]) => {
    const text = query[name];
    if (text === undefined) return [name, value === undefined ? (EMPTY.get(type) ?? null) : value];
    return [name, type === Number ? Number(text) : type === Boolean ? Boolean(text) : text];
  });
  return Object.fromEntries(values);
}

/** Whether a change at one path is a change of the field: of the field itself, of what it lies in, with `**` also inside. */
function concerns(field: string, path: string): boolean {
  const isDeep = field.endsWith('**');
  const wanted = stepsOf(field.replace(/\.?\*\*$/, ''));
  const changed = stepsOf(path);
  const common = Math.min(wanted.length, changed.length);
  return (
    (isDeep || changed.length <= wanted.length) && wanted.slice(0, common).every((step, at) => step === changed[at])
  );
}

function tell(instance: Data & { data: Data }, paths: string[]): void {
  for (const { fields, observer } of (instance.observers ?? []) as Observer[]) {
    const names = fields.split(',').map((name) => name.trim());
    if (!names.some((name) => paths.some((path) => concerns(name, path)))) continue;
    observer.apply(
      instance,
      names.map((name) => valueAt(instance.data, name.replace(/\.?\*\*$/, ''))),
    );
  }
}

/** Changes that observers made and that nobody has been told of, by instance while one of its observers runs. */
const untold = new WeakMap<object, string[][]>();

/** Tells the observers of a page what has changed; what one of them changes is told when they are through. */
export function observe(instance: Data & { data: Data }, paths: string[]): void {
  const waiting = untold.get(instance);
  if (waiting !== undefined) {
    waiting.push(paths);
    return;
  }
  const turns = [paths];
  untold.set(instance, turns);
  try {
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) tell(instance, turn);
  } finally {
    untold.delete(instance);
  }
}

/** Takes over what `model:` has changed in what is shown. */
export function takeModel(instance: Data & { data: Data }, name: string, shown: unknown): void {
  if (JSON.stringify(shown) === JSON.stringify(instance.data[name])) return;
  instance.data[name] = overTheBridge(shown);
  observe(instance, [name]);
}
