import { around, type Builtin, type Caller, callerOf, elementOf, inside, type Part } from '../parts.js';

type Kind = 'switch' | 'checkbox' | 'radio';

/** Draws the box, and gives what reads and sets it. */
function makeBox(self: Caller, kind: Kind) {
  const box = document.createElement('i');
  box.className = `wx-inner wx-${kind}`;
  elementOf(self).prepend(box);
  return {
    isOn: () => box.classList.contains('on'),
    set: (on: boolean) => void box.classList.toggle('on', on),
  };
}

function choice(kind: Kind, choose: (self: Caller, box: ReturnType<typeof makeBox>) => void): Builtin {
  return {
    properties: ['checked', 'disabled', 'value', 'color'],
    create(self): Part {
      const box = makeBox(self, kind);
      const activate = () => {
        if (!self.data.disabled) choose(self, box);
      };
      self._$.addListener('tap', activate);
      return {
        changed: { checked: (value) => box.set(Boolean(value)) },
        value: box.isOn,
        reset: () => box.set(false),
        activate,
      };
    },
  };
}

const isOn = (caller: Caller) => caller.part?.value?.() === true;

function group(tag: 'checkbox' | 'radio'): Builtin {
  return {
    create(self): Part {
      const members = () => inside(self, ({ tag: own }) => own === tag);
      const value = () => {
        const chosen = members()
          .filter(isOn)
          .map(({ data }) => data.value);
        return tag === 'checkbox' ? chosen : (chosen[0] ?? '');
      };
      return {
        value,
        reset: () => {
          for (const member of members()) member.part?.reset?.();
        },
        chose: (child) => {
          if (tag === 'radio') for (const member of members()) if (member !== child) member.part?.reset?.();
          self.triggerEvent('change', { value: value() });
        },
      };
    },
  };
}

const LABELLED = ['checkbox', 'radio', 'switch', 'button', 'input', 'textarea'];

const label: Builtin = {
  properties: ['for'],
  create(self): Part {
    self._$.addListener('tap', () => {
      const wanted = String(self.data.for ?? '');
      const named = wanted === '' ? null : document.getElementById(wanted);
      const target = named === null ? inside(self, ({ tag }) => LABELLED.includes(tag ?? ''))[0] : callerOf(named);
      if (target === undefined || target === null || lastTapped === target) return;
      target.part?.activate?.();
    });
    return {};
  },
};

/** The component that the present tap has already changed: its label must not change it back. */
let lastTapped: Caller | null = null;

function remember(self: Caller): void {
  lastTapped = self;
  setTimeout(() => {
    lastTapped = null;
  });
}

export const choices = {
  label,
  switch: choice('switch', (self, box) => {
    remember(self);
    box.set(!box.isOn());
    self.triggerEvent('change', { value: box.isOn() });
  }),
  checkbox: choice('checkbox', (self, box) => {
    remember(self);
    box.set(!box.isOn());
    around(self, 'checkbox-group')?.part?.chose?.(self);
  }),
  radio: choice('radio', (self, box) => {
    remember(self);
    if (box.isOn()) return;
    box.set(true);
    around(self, 'radio-group')?.part?.chose?.(self);
  }),
  'checkbox-group': group('checkbox'),
  'radio-group': group('radio'),
};
