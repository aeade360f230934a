import { type Builtin, elementOf, keepInside, type Part, textOf } from '../parts.js';
import { host } from '../view-host.js';
import { watchRefresher } from './refresher.js';
import { swiper, swiperItem } from './swiper.js';

const FITS: Record<string, string> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  center: 'none',
};

const image: Builtin = {
  properties: ['src', 'mode', 'lazyLoad'],
  create(self): Part {
    const picture = document.createElement('img');
    picture.className = 'wx-inner';
    elementOf(self).append(picture);
    keepInside(picture, ['load', 'error']);
    picture.addEventListener('load', () => {
      self.triggerEvent('load', { width: picture.naturalWidth, height: picture.naturalHeight });
    });
    picture.addEventListener('error', () => {
      const source = textOf(self.data.src);
      self.triggerEvent('error', { errMsg: `GET ${picture.src} failed` });
      // What the world does not give is the world's fault, what the package lacks is the build's.
      if (!/^(https?:|data:|blob:)/.test(source)) host.report(new Error(`image: there is no "${source}" in the build`));
    });
    const { style } = elementOf(self);
    return {
      changed: {
        lazyLoad: (value) => {
          picture.loading = value ? 'lazy' : 'eager';
        },
        src: (value) => {
          if (value) picture.src = host.pictureAddress(textOf(value));
        },
        mode: (value) => {
          const mode = textOf(value) || 'scaleToFill';
          picture.style.objectFit = FITS[mode] ?? 'fill';
          picture.dataset.mode = mode;
          if (mode === 'widthFix') style.height = 'auto';
          if (mode === 'heightFix') style.width = 'auto';
        },
      },
    };
  },
};

const USUAL_THRESHOLD = 50;

const scrollView: Builtin = {
  properties: [
    ...['scrollX', 'scrollY', 'scrollTop', 'scrollLeft', 'scrollIntoView', 'lowerThreshold', 'upperThreshold'],
    ...['refresherEnabled', 'refresherTriggered', 'refresherThreshold'],
  ],
  create(self): Part {
    const box = elementOf(self);
    let wasLow = false;
    let wasHigh = true;
    let last = { top: 0, left: 0 };
    const threshold = (value: unknown) => (value === null || value === undefined ? USUAL_THRESHOLD : Number(value));
    box.addEventListener('scroll', (event) => {
      event.stopImmediatePropagation();
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = box;
      const moved = { deltaX: last.left - scrollLeft, deltaY: last.top - scrollTop };
      last = { top: scrollTop, left: scrollLeft };
      self.triggerEvent('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, ...moved });
      const isLow = scrollHeight - scrollTop - clientHeight <= threshold(self.data.lowerThreshold);
      const isHigh = scrollTop <= threshold(self.data.upperThreshold);
      if (isLow && !wasLow) self.triggerEvent('scrolltolower', { direction: 'bottom' });
      if (isHigh && !wasHigh) self.triggerEvent('scrolltoupper', { direction: 'top' });
      wasLow = isLow;
      wasHigh = isHigh;
    });
    const scrolls = (on: unknown) => (on ? 'auto' : 'hidden');
    return {
      changed: {
        ...watchRefresher(self),
        scrollX: (on) => {
          box.style.overflowX = scrolls(on);
        },
        scrollY: (on) => {
          box.style.overflowY = scrolls(on);
        },
        scrollTop: (top) => {
          if (top !== null && top !== undefined && top !== '') box.scrollTop = Number(top);
        },
        scrollLeft: (left) => {
          if (left !== null && left !== undefined && left !== '') box.scrollLeft = Number(left);
        },
        scrollIntoView: (id) => {
          if (id) setTimeout(() => document.getElementById(textOf(id))?.scrollIntoView());
        },
      },
    };
  },
};

interface RichNode {
  type?: string;
  name?: string;
  text?: string;
  attrs?: Record<string, string>;
  children?: RichNode[];
}

const HARMLESS =
  /^(a|abbr|b|blockquote|br|code|col|colgroup|dd|del|div|dl|dt|em|fieldset|h[1-6]|hr|i|img|ins|label|legend|li|ol|p|q|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|ul)$/;
const KEPT = ['class', 'style', 'src', 'width', 'height', 'alt', 'colspan', 'rowspan', 'start'];

/** Only what WeChat shows: no script, no handler, no address to follow. */
function richElement(name: string, attributes: [string, string][], children: Node[]): Node[] {
  if (!HARMLESS.test(name)) return [];
  const element = document.createElement(name === 'a' ? 'span' : name);
  for (const [key, value] of attributes) {
    if (KEPT.includes(key)) element.setAttribute(key, key === 'src' ? host.pictureAddress(value) : value);
  }
  element.append(...children);
  return [element];
}

function fromNodes(nodes: RichNode[]): Node[] {
  return nodes.flatMap(({ type, name = '', text = '', attrs = {}, children = [] }) =>
    type === 'text' ? [document.createTextNode(text)] : richElement(name, Object.entries(attrs), fromNodes(children)),
  );
}

function fromHtml(parent: Node): Node[] {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')];
    if (!(node instanceof Element)) return [];
    const attributes = [...node.attributes].map(({ name, value }): [string, string] => [name, value]);
    return richElement(node.tagName.toLowerCase(), attributes, fromHtml(node));
  });
}

const richText: Builtin = {
  properties: ['nodes', 'space'],
  create(self): Part {
    return {
      changed: {
        nodes: (value) => {
          const made = Array.isArray(value)
            ? fromNodes(value as RichNode[])
            : fromHtml(new DOMParser().parseFromString(textOf(value), 'text/html').body);
          elementOf(self).replaceChildren(...made);
        },
      },
    };
  },
};

export const boxes = {
  view: {},
  text: {},
  span: {},
  'cover-view': {},
  'root-portal': {},
  'swiper-item': swiperItem,
  image,
  'cover-image': image,
  'scroll-view': scrollView,
  swiper,
  'rich-text': richText,
} satisfies Record<string, Builtin>;
