import type { Data } from '../logic/data-path.js';

/** A component of WeChat's as glass-easel hands it to its own code. */
export interface Caller {
  data: Data;
  setData(change: Data): void;
  triggerEvent(name: string, detail: unknown, options?: object): void;
  _$: {
    getBackendElement(): HTMLElement;
    setNodeClass(names: string, segment: number): void;
    addListener(name: string, listener: (event: { target: unknown; detail: Data }) => void): void;
  };
  /** What the host's own code knows of it. */
  part?: Part;
  tag?: string;
}

/** What can be done with a component besides giving it properties. */
export interface Part {
  /** Called with the new value when the property of that name is given. */
  changed?: Record<string, (value: unknown) => void>;
  /** What a form sends under the component's name. */
  value?(): unknown;
  reset?(): void;
  /** As if she had tapped it. */
  activate?(): void;
  /** As if she had written into it. */
  type?(text: string): void;
  submit?(): void;
  /** A child was chosen. */
  chose?(child: Caller): void;
  /** Moves to a child, or to a value. */
  move?(index: number): void;
  moveTo?(x: number, y: number): void;
  /** What it knows of itself besides the properties that it was given. */
  own?(): Data;
}

export interface Builtin {
  properties?: string[];
  create?(self: Caller): Part;
}

/** The element with the component that stands on it. */
export type HostElement = Element & { __wxElement?: { getMethodCaller?: () => Caller; dataset?: Data; id?: string } };

export const elementOf = (self: Caller): HTMLElement => self._$.getBackendElement();

export const callerOf = (element: Element): Caller | null =>
  (element as HostElement).__wxElement?.getMethodCaller?.() ?? null;

/** Components of WeChat's inside, in the order of the document. */
export function inside(self: Caller, wanted: (caller: Caller) => boolean): Caller[] {
  return [...elementOf(self).querySelectorAll('*')].flatMap((element) => {
    const caller = callerOf(element);
    return caller?.tag !== undefined && wanted(caller) ? [caller] : [];
  });
}

/** The nearest component of that kind around. */
export function around(self: Caller, tag: string): Caller | null {
  const found = elementOf(self).parentElement?.closest(`wx-${tag}`) ?? null;
  return found === null ? null : callerOf(found);
}

/** Keeps the browser's own events inside: templates hear what the component says. */
export function keepInside(element: Element, names: string[]): void {
  for (const name of names) element.addEventListener(name, (event) => event.stopPropagation());
}

/** `hoverClass` as a template or a style writes it. */
export const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
