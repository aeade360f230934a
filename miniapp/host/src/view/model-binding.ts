import { glassEasel as engine } from 'glass-easel-miniprogram-adapter';
import type { Caller } from './parts.js';

/** Which event of a component of WeChat's carries the value that `model:NAME` hands back, and NAME. */
const MODELS: Record<string, [event: string, property: string]> = {
  input: ['input', 'value'],
  textarea: ['input', 'value'],
  switch: ['change', 'checked'],
  slider: ['change', 'value'],
  picker: ['change', 'value'],
};

/** Writes what she gives into the property, when a template binds it by `model:`: the engine hands it to the owner. */
export function bindModel(self: Caller, tag: string): void {
  const [event, property] = MODELS[tag] ?? [];
  if (event === undefined || property === undefined) return;
  const group = engine.Component.getDataProxy(self._$ as never) as unknown as {
    _$modelBindingListener?: Record<string, unknown>;
  };
  self._$.addListener(event, ({ detail }) => {
    if (group._$modelBindingListener?.[property]) self.setData({ [property]: detail.value });
  });
}
