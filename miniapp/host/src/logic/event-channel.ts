export type Listener = (...args: unknown[]) => void;

/** One end of the line between a page and the page that opened it. */
export interface EventChannel {
  emit(name: string, ...args: unknown[]): void;
  on(name: string, listener: Listener): void;
  once(name: string, listener: Listener): void;
  off(name: string, listener?: Listener): void;
}

/** Two ends: what one says the other hears. `guard` calls a listener and takes what it throws. */
export function eventChannel(guard: (call: () => void) => unknown): [EventChannel, EventChannel] {
  type Heard = { listener: Listener; isOnce: boolean };
  const sides = [new Map<string, Heard[]>(), new Map<string, Heard[]>()];
  const end = (own: Map<string, Heard[]>, other: Map<string, Heard[]>): EventChannel => {
    const add = (name: string, heard: Heard) => void own.set(name, [...(own.get(name) ?? []), heard]);
    return {
      emit: (name, ...args) => {
        const all = other.get(name) ?? [];
        other.set(
          name,
          all.filter(({ isOnce }) => !isOnce),
        );
        for (const { listener } of all) guard(() => listener(...args));
      },
      on: (name, listener) => add(name, { listener, isOnce: false }),
      once: (name, listener) => add(name, { listener, isOnce: true }),
      off: (name, listener) => {
        const left = (own.get(name) ?? []).filter((heard) => listener !== undefined && heard.listener !== listener);
        own.set(name, left);
      },
    };
  };
  return [end(sides[0], sides[1]), end(sides[1], sides[0])];
}
