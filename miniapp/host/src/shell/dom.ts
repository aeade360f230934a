/** Makes an element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * A button that wants a finger of its own: after a touch on a page that goes away, the browser still sends the click, to
 * whatever lies there by then.
 */
export function button(words: string, attributes: Record<string, string>, press: () => void): HTMLButtonElement {
  const element = make('button', { type: 'button', ...attributes }, words);
  let isTouched = false;
  element.addEventListener('pointerdown', () => {
    isTouched = true;
  });
  element.addEventListener('click', () => {
    if (isTouched) press();
    isTouched = false;
  });
  return element;
}
