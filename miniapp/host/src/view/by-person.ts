/** The same in every frame. */
const BY_PERSON = Symbol.for('weapp-host.by-person');

/** Says of an event of our own that a person stands behind it: her mouse, or the finger of whoever drives the phone. */
export function vouched<Made extends Event>(event: Made): Made {
  return Object.assign(event, { [BY_PERSON]: true });
}

/** Neither made by a script nor said by a test in the name of an element. */
export function isByPerson(event: unknown): boolean {
  const { isTrusted } = (event ?? {}) as Partial<Event>;
  return isTrusted === true || (typeof event === 'object' && event !== null && BY_PERSON in event);
}
