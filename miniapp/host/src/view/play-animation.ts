import type { AnimationStep } from '../logic/wx/animation.js';

function unitOf(name: string): string {
  if (name.startsWith('translate')) return 'px';
  return /^(rotate|skew)/.test(name) ? 'deg' : '';
}

function transformText([name, values]: AnimationStep['transforms'][number]): string {
  const written = values.map((value, at) => {
    const isAxis = name === 'rotate3d' && at < 3;
    return typeof value === 'number' && !isAxis ? `${value}${unitOf(name)}` : String(value);
  });
  return `${name}(${written.join(',')})`;
}

/** Plays what `wx.createAnimation` has exported, one step after the other. */
export function playAnimation(element: HTMLElement, value: unknown): void {
  const { actions = [] } = (value ?? {}) as { actions?: AnimationStep[] };
  const play = ([step, ...others]: AnimationStep[]) => {
    if (step === undefined) return;
    const { duration, timingFunction, delay, transformOrigin } = step.timing;
    element.style.transition = `all ${duration}ms ${timingFunction} ${delay}ms`;
    element.style.transformOrigin = transformOrigin;
    element.style.transform = step.transforms.map(transformText).join(' ');
    for (const [name, text] of step.styles) element.style.setProperty(name, text);
    setTimeout(() => play(others), duration + delay);
  };
  play(actions);
}
