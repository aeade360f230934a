const TRANSFORMS =
  `matrix matrix3d rotate rotate3d rotateX rotateY rotateZ scale scale3d scaleX scaleY scaleZ skew skewX skewY translate
  translate3d translateX translateY translateZ`.split(/\s+/);
const STYLES: Record<string, string> = {
  opacity: 'opacity',
  backgroundColor: 'background-color',
  width: 'width',
  height: 'height',
  top: 'top',
  right: 'right',
  bottom: 'bottom',
  left: 'left',
};

interface Timing {
  duration?: number;
  timingFunction?: string;
  delay?: number;
  transformOrigin?: string;
}

export interface AnimationStep {
  transforms: [name: string, values: unknown[]][];
  styles: [name: string, value: string][];
  timing: Required<Timing>;
}

const withUnit = (name: string, value: unknown) =>
  typeof value === 'number' && name !== 'opacity' ? `${value}px` : String(value);

/** `wx.createAnimation`: collects steps, which the attribute `animation` of a component plays one after the other. */
export function createAnimation(usual: Timing = {}): object {
  // As in WeChat, a step keeps the transforms of those before it.
  const transforms = new Map<string, unknown[]>();
  let styles: AnimationStep['styles'] = [];
  let actions: AnimationStep[] = [];
  const animation: Record<string, (...values: unknown[]) => unknown> = {
    step: (given) => {
      const timing = { duration: 400, timingFunction: 'linear', delay: 0, transformOrigin: '50% 50% 0', ...usual };
      actions.push({ transforms: [...transforms], styles, timing: { ...timing, ...(given as Timing) } });
      styles = [];
      return animation;
    },
    export: () => {
      const exported = actions;
      actions = [];
      return { actions: exported };
    },
  };
  for (const name of TRANSFORMS) {
    animation[name] = (...values) => {
      transforms.set(name, values);
      return animation;
    };
  }
  for (const [name, property] of Object.entries(STYLES)) {
    animation[name] = (value) => {
      styles.push([property, withUnit(name, value)]);
      return animation;
    };
  }
  return animation;
}
