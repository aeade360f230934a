/**
 * Runs inside of the mini-program, in an instrumented copy of the build: keeps what was used. It is sent as text, so
 * it knows nothing but its argument and the language.
 */
export class Recorder {
  /** @param {object} xs the functions of Taro's utils.wxs, which choose the template of a node */
  constructor(xs) {
    this.xs = xs;
    this.touched = new Set();
    this.seen = new Set();
    this.nodes = new Map();
    this.templateOf = new Map();
    this.wrappers = new Map();
  }

  /** A handler that is noted when it is called; the same one for the same function. */
  handler(id, value) {
    if (typeof value !== 'function') return value;
    this.seen.add(id);
    if (!this.wrappers.has(id)) this.wrappers.set(id, new WeakMap());
    const known = this.wrappers.get(id);
    const { touched } = this;
    if (!known.has(value)) {
      known.set(value, function (...args) {
        touched.add(id);
        return value.apply(this, args);
      });
    }
    return known.get(value);
  }

  /** A value that is noted when it is asked for, such as the path of a request. */
  value(id, value) {
    this.touched.add(id);
    return value;
  }

  /** A node of Taro's document; its id comes after its construction. */
  node(node) {
    Promise.resolve().then(() => this.nodes.set(node.sid, node));
  }

  /** What is handed to `Page` or `Component`. */
  page(definition) {
    if (definition.methods?.eh) this.watchEvents(definition.methods);
    if (!definition.eh) return definition;
    this.watchEvents(definition);
    const recorder = this;
    const { onLoad } = definition;
    definition.onLoad = function (...args) {
      recorder.touched.add(`pages:${this.route}`);
      const { setData } = this;
      this.setData = function (change, done) {
        setData.call(this, change, done);
        recorder.look(this.data.root?.cn, 0, '');
      };
      return onLoad.apply(this, args);
    };
    return definition;
  }

  report() {
    return { touched: [...this.touched], seen: [...this.seen] };
  }

  listenersOf(sid) {
    const handlers = this.nodes.get(sid)?.__handlers ?? {};
    return Object.keys(handlers).filter((type) => handlers[type].length > 0);
  }

  /** Walks over the nodes that a page shows, as base.wxml does. */
  look(items, level, list) {
    for (const item of items ?? []) {
      if (!item) continue;
      const chosen = this.xs.a(level, item.nn, list);
      // Below a certain depth a component begins again at the first templates.
      const isDeep = chosen.endsWith('_container');
      const name = isDeep ? `tmpl_0_${item.nn}` : chosen;
      const shown = [name, `${name}_${item.focus === undefined ? 'blur' : 'focus'}`];
      for (const template of shown) {
        this.seen.add(template);
        for (const type of this.listenersOf(item.sid)) this.seen.add(`${template}:${type}`);
      }
      this.templateOf.set(item.sid, shown);
      if (isDeep) this.look(item.cn, 1, this.xs.f('', item.nn));
      else this.look(item.cn, level + 1, this.xs.f(list, item.nn));
    }
  }

  watchEvents(owner) {
    const recorder = this;
    const handle = owner.eh;
    owner.eh = function (event) {
      const { currentTarget, type } = event;
      recorder.caught(currentTarget?.dataset?.sid ?? currentTarget?.id, type);
      return handle.call(this, event);
    };
  }

  caught(sid, type) {
    // A movement is caught to keep the page still: nobody listens.
    const isHeard = type === 'touchmove' || this.listenersOf(sid).includes(type);
    for (const template of this.templateOf.get(sid) ?? []) {
      if (isHeard) this.touched.add(`bindings:${template}:${type}`);
    }
  }
}
