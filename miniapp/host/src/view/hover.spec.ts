/** @jest-environment jsdom */
import { watchHover } from './hover.js';
import type { Caller, HostElement } from './parts.js';

/** A view of WeChat's with `hover-class="down"`, and every class that it was given by a touch. */
function pressable(): { element: HTMLElement; worn: string[] } {
  const element: HTMLElement & HostElement = document.createElement('wx-view');
  const worn: string[] = [];
  const self = {
    tag: 'view',
    data: { hoverClass: 'down', hoverStartTime: 50, hoverStayTime: 400 },
    _$: { setNodeClass: (names: string) => worn.push(names) },
  } as unknown as Caller;
  element.__wxElement = { getMethodCaller: () => self };
  document.body.append(element);
  return { element, worn };
}

function touch(element: Element, name: 'touchstart' | 'touchend', x = 10): void {
  const event = new Event(name, { bubbles: true });
  element.dispatchEvent(Object.assign(event, { changedTouches: [{ clientX: x, clientY: 10 }] }));
}

describe('hover-class', () => {
  beforeAll(watchHover);
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    document.body.replaceChildren();
  });

  it('shows after hover-start-time and stays for hover-stay-time', () => {
    const { element, worn } = pressable();
    touch(element, 'touchstart');
    jest.advanceTimersByTime(49);
    expect(worn).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(worn).toEqual(['down']);
    touch(element, 'touchend');
    jest.advanceTimersByTime(399);
    expect(worn).toEqual(['down']);
    jest.advanceTimersByTime(1);
    expect(worn).toEqual(['down', '']);
  });

  it('stays for the second of two touches when the time of the first is over', () => {
    const { element, worn } = pressable();
    touch(element, 'touchstart');
    jest.advanceTimersByTime(50);
    touch(element, 'touchend');
    jest.advanceTimersByTime(300);
    touch(element, 'touchstart');
    jest.advanceTimersByTime(100);
    expect(worn.at(-1)).toBe('down');
    touch(element, 'touchend');
    jest.advanceTimersByTime(399);
    expect(worn.at(-1)).toBe('down');
    jest.advanceTimersByTime(1);
    expect(worn.at(-1)).toBe('');
  });

  it('of one element ends while the next is touched', () => {
    const [first, second] = [pressable(), pressable()];
    touch(first.element, 'touchstart');
    jest.advanceTimersByTime(50);
    touch(first.element, 'touchend');
    touch(second.element, 'touchstart');
    jest.advanceTimersByTime(400);
    expect([first.worn, second.worn]).toEqual([['down', ''], ['down']]);
  });
});
