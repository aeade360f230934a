import { WXS_KIND } from '../wxs-kind.data.js';

const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice('[object '.length, -1);

/** `constructor` of WXS: data comes from the realm of scripts, what templates make is of this one. */
function knowKinds(realm: object): void {
  const {
    Object: { prototype },
  } = realm as { Object: ObjectConstructor };
  if (WXS_KIND in prototype) return;
  Object.defineProperty(prototype, WXS_KIND, {
    configurable: true,
    get(this: unknown) {
      return kindOf(this);
    },
  });
}

/** What WXS has and JavaScript has not. */
export function giveWxsGlobals(): void {
  knowKinds(window);
  knowKinds(window.parent);
  Object.assign(window, {
    getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
    getDate: (...given: []) => new Date(...given),
  });
}
