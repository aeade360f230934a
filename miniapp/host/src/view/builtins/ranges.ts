import { around, type Builtin, type Caller, elementOf, type Part, textOf } from '../parts.js';

const numberOr = (usual: number, value: unknown): number =>
  value === null || value === undefined || value === '' || Number.isNaN(Number(value)) ? usual : Number(value);
const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

function drawn(self: Caller, ...names: string[]): HTMLElement[] {
  const parts = names.map((name) => {
    const part = document.createElement('i');
    part.className = `wx-inner ${name}`;
    return part;
  });
  elementOf(self).append(...parts);
  return parts;
}

interface Move {
  x: number;
  y: number;
  isLast: boolean;
}

/** Follows one finger; `start` is told where it goes down, `move` how far it has gone since. */
function followFinger(element: HTMLElement, start: (x: number, y: number) => void, move: (by: Move) => void): void {
  let from = { x: 0, y: 0 };
  const by = ({ changedTouches }: TouchEvent, isLast: boolean) => {
    const { clientX, clientY } = changedTouches[0];
    move({ x: clientX - from.x, y: clientY - from.y, isLast });
  };
  element.addEventListener('touchstart', ({ changedTouches }) => {
    const { clientX: x, clientY: y } = changedTouches[0];
    from = { x, y };
    start(x, y);
  });
  element.addEventListener('touchmove', (event) => {
    event.preventDefault();
    by(event, false);
  });
  element.addEventListener('touchend', (event) => by(event, true));
}

const slider: Builtin = {
  properties: ['min', 'max', 'step', 'value', 'disabled', 'showValue', 'activeColor', 'backgroundColor'],
  create(self): Part {
    const [track] = drawn(self, 'wx-track');
    let value = 0;
    const limits = () => ({ min: numberOr(0, self.data.min), max: numberOr(100, self.data.max) });
    const set = (wanted: unknown) => {
      const { min, max } = limits();
      const step = numberOr(1, self.data.step);
      value = within(min + Math.round((numberOr(min, wanted) - min) / step) * step, min, max);
      track.style.setProperty('--part', String(max > min ? (value - min) / (max - min) : 0));
      track.dataset.value = self.data.showValue ? String(value) : '';
    };
    const choose = (wanted: number, name: 'changing' | 'change') => {
      if (self.data.disabled) return;
      set(wanted);
      self.triggerEvent(name, { value });
    };
    const valueAt = (x: number) => {
      const { left, width } = track.getBoundingClientRect();
      const { min, max } = limits();
      return min + within((x - left) / width, 0, 1) * (max - min);
    };
    let start = 0;
    followFinger(
      elementOf(self),
      (x) => {
        start = x;
      },
      ({ x, isLast }) => choose(valueAt(start + x), isLast ? 'change' : 'changing'),
    );
    const again = () => set(value);
    return {
      changed: { value: set, min: again, max: again, showValue: again },
      value: () => value,
      reset: () => set(self.data.value),
      move: (wanted) => choose(wanted, 'change'),
      own: () => ({ value }),
    };
  },
};

const movableView: Builtin = {
  properties: ['x', 'y', 'direction', 'disabled'],
  create(self): Part {
    const box = elementOf(self);
    const at = { x: 0, y: 0 };
    let from = { ...at };
    const place = (x: number, y: number, source: '' | 'touch') => {
      const area = around(self, 'movable-area');
      if (area === null) return;
      const { clientWidth, clientHeight } = elementOf(area);
      const next = {
        x: within(x, 0, Math.max(0, clientWidth - box.offsetWidth)),
        y: within(y, 0, Math.max(0, clientHeight - box.offsetHeight)),
      };
      if (next.x === at.x && next.y === at.y) return;
      Object.assign(at, next);
      box.style.transform = `translate(${at.x}px, ${at.y}px)`;
      self.triggerEvent('change', { ...at, source });
    };
    followFinger(
      box,
      () => {
        from = { ...at };
      },
      ({ x, y }) => {
        const direction = textOf(self.data.direction) || 'none';
        if (self.data.disabled || direction === 'none') return;
        place(direction === 'vertical' ? at.x : from.x + x, direction === 'horizontal' ? at.y : from.y + y, 'touch');
      },
    );
    // The area may come later than what moves in it.
    const given = () => setTimeout(() => place(numberOr(at.x, self.data.x), numberOr(at.y, self.data.y), ''));
    return {
      changed: { x: given, y: given },
      moveTo: (x, y) => place(x, y, 'touch'),
      own: () => ({ _translateX: at.x, _translateY: at.y }),
    };
  },
};

const progress: Builtin = {
  properties: ['percent', 'showInfo', 'activeColor', 'backgroundColor', 'strokeWidth'],
  create(self): Part {
    const [track] = drawn(self, 'wx-track');
    const draw = () => {
      const percent = within(numberOr(0, self.data.percent), 0, 100);
      track.style.setProperty('--part', String(percent / 100));
      track.dataset.value = self.data.showInfo ? `${percent}%` : '';
    };
    return { changed: { percent: draw, showInfo: draw } };
  },
};

const SIGNS: Record<string, string> = { success: '✓', success_no_circle: '✓', info: 'ⓘ', warn: '!', waiting: '…' };
const MORE_SIGNS: Record<string, string> = { cancel: '✕', download: '↓', search: '⌕', clear: '✕', circle: '○' };

const icon: Builtin = {
  properties: ['type', 'size', 'color'],
  create(self): Part {
    const [sign] = drawn(self, 'wx-sign');
    return {
      changed: {
        type: (value) => {
          const type = textOf(value);
          sign.textContent = SIGNS[type] ?? MORE_SIGNS[type] ?? '';
        },
        size: (value) => {
          sign.style.fontSize = `${numberOr(23, value)}px`;
        },
        color: (value) => {
          sign.style.color = textOf(value);
        },
      },
    };
  },
};

export const ranges = { slider, progress, icon, 'movable-area': {}, 'movable-view': movableView } satisfies Record<
  string,
  Builtin
>;
