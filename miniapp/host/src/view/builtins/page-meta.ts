import { asCanvasNode } from '../canvas-node.js';
import { type Builtin, elementOf, type Part, textOf } from '../parts.js';
import { host } from '../view-host.js';

/** Sets the page from inside its template: style of the page, size of the root font. */
const pageMeta: Builtin = {
  properties: ['pageStyle', 'rootFontSize', 'backgroundColor', 'scrollTop'],
  create(): Part {
    return {
      changed: {
        pageStyle: (value) => document.body.setAttribute('style', textOf(value)),
        rootFontSize: (value) => {
          document.documentElement.style.fontSize = textOf(value);
        },
        backgroundColor: (value) => {
          document.body.style.backgroundColor = textOf(value);
        },
        scrollTop: (value) => window.scrollTo(0, Number.parseFloat(textOf(value)) || 0),
      },
    };
  },
};

/** A canvas that the logic layer reaches by `createSelectorQuery().node()`. */
const canvas: Builtin = {
  properties: ['type', 'canvasId', 'disableScroll'],
  create(self): Part {
    const inner = document.createElement('canvas');
    inner.className = 'wx-inner';
    asCanvasNode(inner, (source) => host.fetchPicture(source));
    elementOf(self).append(inner);
    return { changed: { canvasId: (id) => elementOf(self).setAttribute('canvas-id', textOf(id)) } };
  },
};

export const pageParts = { 'page-meta': pageMeta, canvas };
