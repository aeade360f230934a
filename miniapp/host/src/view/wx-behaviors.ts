import type { Data } from '../logic/data-path.js';
import type { Caller } from './parts.js';

interface Node {
  parentNode?: Node | null;
  ownerShadowRoot?: { getHostNode(): Node } | null;
  getHostNode?(): Node;
  getMethodCaller?(): Caller;
}
interface Field {
  data: Data;
  _$: Node;
}

/** Components of the mini-program that forms take for fields. */
const fields = new Set<Field>();

const above = (node: Node): Node | null =>
  node.parentNode ?? node.getHostNode?.() ?? node.ownerShadowRoot?.getHostNode() ?? null;

/** The fields that the mini-program's own components make inside a form, also those without an element. */
export function ownFieldsIn(form: Caller): Field[] {
  return [...fields].filter((field) => {
    let node: Node | null = field._$;
    while (node !== null && node.getMethodCaller?.() !== form) node = above(node);
    return node !== null;
  });
}

/** What WeChat's own behaviors bring. A form finds a button by itself, wherever it stands. */
export const WX_BEHAVIORS: Record<string, Data> = {
  'wx://form-field': {
    properties: { name: String, value: null },
    lifetimes: {
      attached(this: Field) {
        fields.add(this);
      },
      detached(this: Field) {
        fields.delete(this);
      },
    },
  },
  'wx://form-field-group': {},
  'wx://form-field-button': {},
  // Hands on a ScrollViewContext, which a query by `node` does not find here either.
  'wx://proxy-scroll-view': {},
  // The engine calls `export` of whatever has one.
  'wx://component-export': {},
};
