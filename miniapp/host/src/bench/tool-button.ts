import { make } from '../shell/dom.js';

/** A button of the tool's own, outside the phones. */
export function toolButton(words: string, attributes: Record<string, string>, press: () => void): HTMLButtonElement {
  const element = make('button', { type: 'button', ...attributes }, words);
  element.addEventListener('click', press);
  return element;
}
