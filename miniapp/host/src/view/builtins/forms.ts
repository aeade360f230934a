import { around, type Builtin, type Caller, elementOf, inside, type Part } from '../parts.js';
import { host } from '../view-host.js';
import { ownFieldsIn } from '../wx-behaviors.js';

const form: Builtin = {
  create(self): Part {
    const fields = () => inside(self, ({ part, data }) => part?.value !== undefined && Boolean(data.name));
    return {
      submit: () => {
        const own = ownFieldsIn(self).flatMap(({ data }) => (data.name ? [[String(data.name), data.value]] : []));
        const builtIn = fields().map(({ data, part }) => [String(data.name), part?.value?.()]);
        const value = Object.fromEntries([...builtIn, ...own]);
        self.triggerEvent('submit', { value });
      },
      reset: () => {
        for (const field of fields()) field.part?.reset?.();
        self.triggerEvent('reset', {});
      },
    };
  },
};

function targetOf(self: Caller) {
  const element = elementOf(self) as HTMLElement & { __wxElement?: { dataset?: object } };
  return { id: element.id, dataset: { ...element.__wxElement?.dataset } };
}

const button: Builtin = {
  properties: ['openType', 'formType', 'disabled', 'loading', 'size', 'type', 'plain'],
  create(self): Part {
    self._$.addListener('tap', () => {
      if (self.data.disabled) return;
      const owner = around(self, 'form');
      if (self.data.formType === 'submit') owner?.part?.submit?.();
      if (self.data.formType === 'reset') owner?.part?.reset?.();
      const openType = String(self.data.openType ?? '');
      if (openType === '') return;
      const fire = (name: string, detail: unknown) => self.triggerEvent(name, detail);
      void host.openType(openType.split('|'), targetOf(self), fire);
    });
    return {
      changed: {
        disabled: (value) => void elementOf(self).toggleAttribute('disabled', Boolean(value)),
        plain: (value) => void elementOf(self).toggleAttribute('plain', Boolean(value)),
        size: (value) => elementOf(self).setAttribute('size', String(value ?? 'default')),
      },
    };
  },
};

const picker: Builtin = {
  properties: ['mode', 'range', 'rangeKey', 'value', 'start', 'end', 'fields', 'disabled', 'headerText'],
  create(self): Part {
    self._$.addListener('tap', async () => {
      if (self.data.disabled) return;
      const value = await host.pick({ ...self.data });
      if (value === null) self.triggerEvent('cancel', {});
      else self.triggerEvent('change', { value });
    });
    return { value: () => self.data.value };
  },
};

const navigator: Builtin = {
  properties: ['url', 'openType', 'delta'],
  create(self): Part {
    self._$.addListener('tap', () => {
      const { url, openType, delta } = self.data;
      host.navigate(String(openType ?? 'navigate'), { url: String(url ?? ''), delta: Number(delta ?? 1) });
    });
    return {};
  },
};

export const forms = { form, button, picker, navigator };
