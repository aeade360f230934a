import { type Builtin, type Caller, elementOf, keepInside, type Part, textOf } from '../parts.js';

type Field = HTMLInputElement | HTMLTextAreaElement;

const KEYBOARDS: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' };
const UNLIMITED = -1;
const USUAL_LENGTH = 140;

function changesOf(field: Field): Record<string, (value: unknown) => void> {
  return {
    value: (value) => {
      const text = textOf(value);
      if (text !== field.value) field.value = text;
    },
    placeholder: (value) => {
      field.placeholder = textOf(value);
    },
    disabled: (value) => {
      field.disabled = Boolean(value);
    },
    maxlength: (value) => {
      const most = Number(value ?? USUAL_LENGTH);
      if (most === UNLIMITED) field.removeAttribute('maxlength');
      else field.maxLength = most;
    },
    focus: (value) => {
      if (value) setTimeout(() => field.focus());
    },
  };
}

function listen(self: Caller, field: Field, take: (text: string) => void): void {
  keepInside(field, ['input', 'change', 'scroll', 'select', 'focus', 'blur', 'submit']);
  field.addEventListener('input', () => take(field.value));
  field.addEventListener('focus', () => self.triggerEvent('focus', { value: field.value, height: 0 }));
  field.addEventListener('blur', () => self.triggerEvent('blur', { value: field.value, cursor: field.value.length }));
  field.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key !== 'Enter' || field instanceof HTMLTextAreaElement) return;
    self.triggerEvent('confirm', { value: field.value });
  });
}

function createField(self: Caller, field: Field): Part {
  field.className = 'wx-inner';
  field.maxLength = USUAL_LENGTH;
  elementOf(self).append(field);
  const take = (text: string) => {
    field.value = field.maxLength >= 0 ? text.slice(0, field.maxLength) : text;
    self.triggerEvent('input', { value: field.value, cursor: field.value.length, keyCode: 0 });
  };
  listen(self, field, take);
  return {
    changed: changesOf(field),
    value: () => field.value,
    reset: () => {
      field.value = '';
    },
    type: (text) => {
      field.focus();
      take(text);
    },
  };
}

const FIELD_PROPERTIES = ['value', 'placeholder', 'disabled', 'maxlength', 'focus'];

const input: Builtin = {
  properties: [...FIELD_PROPERTIES, 'type', 'password'],
  create(self) {
    const field = document.createElement('input');
    field.autocomplete = 'off';
    const part = createField(self, field);
    Object.assign(part.changed ?? {}, {
      type: (value: unknown) => {
        field.inputMode = KEYBOARDS[textOf(value)] ?? '';
      },
      password: (value: unknown) => {
        field.type = value ? 'password' : 'text';
      },
    });
    return part;
  },
};

const textarea: Builtin = {
  properties: FIELD_PROPERTIES,
  create: (self) => createField(self, document.createElement('textarea')),
};

export const fields = { input, textarea };
