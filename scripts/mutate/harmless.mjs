import { calledName, walk } from './dist-sources.mjs';

/**
 * The names by which modules import Taro's elements, in the build: `n.d(exports, {Ss: () => i})`, `const i = "view"`.
 *
 * @returns {Map<string, Map<string, string>>} module id → exported name → tag
 */
function elementModules(dist) {
  const found = new Map();
  for (const { id, copies } of dist.modules()) {
    const words = new Map();
    const exported = new Map();
    walk(copies[0].node, (node) => {
      if (node.type === 'VariableDeclarator' && typeof node.init?.value === 'string')
        words.set(node.id.name, node.init.value);
      if (node.type !== 'CallExpression' || calledName(node) !== 'd' || node.arguments.length !== 2) return;
      for (const { key, value } of node.arguments[1].properties ?? []) {
        const [body] = value.body?.type === 'BlockStatement' ? value.body.body : [value.body];
        const name = body?.argument?.name ?? body?.name;
        if (name) exported.set(key.name ?? String(key.value), name);
      }
    });
    const tags = new Map([...exported].flatMap(([key, name]) => (words.has(name) ? [[key, words.get(name)]] : [])));
    if (tags.size > 0 && tags.size === exported.size && [...tags.values()].includes('view')) found.set(id, tags);
  }
  return found;
}

/** `var a = t(1896)`: local names of modules. */
function importsOf(module) {
  const imports = new Map();
  walk(module, (node) => {
    if (node.type !== 'VariableDeclarator' || node.init?.type !== 'CallExpression') return;
    const [first] = node.init.arguments;
    if (node.init.callee.type === 'Identifier' && first?.type === 'Literal')
      imports.set(node.id.name, String(first.value));
  });
  return imports;
}

const eventOf = (name) => (name === 'onClick' ? 'tap' : name.slice('on'.length).toLowerCase());

/**
 * An element as the sources of the build make it.
 *
 * @typedef {object} MadeElement
 * @property {string} tag
 * @property {Set<string>} events that it has a handler for
 * @property {Set<string>} properties
 * @property {boolean} isOpen it may have any others besides, `{...rest}`
 */

/**
 * @param {import('./dist-sources.mjs').DistSources} dist
 * @returns {MadeElement[]} all calls that make one of Taro's elements
 */
export function madeElements(dist) {
  const modules = elementModules(dist);
  if (modules.size === 0) throw new Error("no module of the build names Taro's elements");
  const made = [];
  for (const { copies } of dist.modules()) {
    const imports = importsOf(copies[0].node);
    walk(copies[0].node, (node) => {
      if (node.type !== 'CallExpression' || !/^(jsx|jsxs|createElement)$/.test(calledName(node))) return;
      const [type, given] = node.arguments;
      const tag = type?.type === 'Literal' ? type.value : tagOf(type, imports, modules);
      if (tag === null) return;
      const readable = given?.type === 'ObjectExpression' ? given.properties : [];
      const names = readable.map(({ type: kind, key }) => (kind === 'Property' ? (key.name ?? key.value) : null));
      made.push({
        tag,
        events: new Set(names.filter((name) => /^on[A-Z]/.test(name ?? '')).map(eventOf)),
        properties: new Set(names),
        isOpen: given?.type !== 'ObjectExpression' || names.includes(null),
      });
    });
  }
  return made;
}

/** Whether Taro may draw the element with this template: it chooses one that has what the element needs. */
function fits({ properties, isOpen }, { attributes, isFocus, isCatching }) {
  if (isOpen) return true;
  if (properties.has('hoverClass') && !attributes.has('hover-class')) return false;
  // The words of utils.wxs: the twin with focus is for what has the property.
  if (isFocus && !properties.has('focus')) return false;
  return properties.has('catchMove') === isCatching;
}

function tagOf(type, imports, modules) {
  if (type?.type !== 'MemberExpression' || type.object.type !== 'Identifier') return null;
  return modules.get(imports.get(type.object.name))?.get(type.property.name) ?? null;
}

/**
 * Why breaking this site can change nothing for anybody; null when that is not known. Only bindings can be harmless:
 * base.wxml repeats each element for each depth and gives some of them bindings that nobody listens to.
 *
 * @param {import('./sites.mjs').Site} site
 * @param {{made: MadeElement[], coverage: import('./coverage.mjs').Coverage, sites: import('./sites.mjs').Site[]}} known
 * @returns {string | null}
 */
export function whyHarmless(site, { made, coverage, sites }) {
  if (site.group !== 'bindings' || coverage.touched[site.id]) return null;
  const { template, tag, event, isCatch } = site.binding;
  const drawn = made.filter((element) => element.tag === tag && fits(element, site.binding));
  if (!isCatch && !drawn.some(({ events, isOpen }) => isOpen || events.has(event))) {
    return `no <${tag}> in the sources of the build that ${template} can draw has a handler for "${event}"`;
  }
  const isShown = coverage.seen.includes(template);
  const isHeard = coverage.seen.includes(`${template}:${event}`);
  if (isCatch ? isShown : isHeard) return null;
  // What was shown proves something about the build only if everything was shown.
  const isKnown = { pages: ({ id }) => coverage.touched[id], handlers: ({ id }) => coverage.seen.includes(id) };
  if (sites.some((each) => each.group in isKnown && !isKnown[each.group](each))) return null;
  const all = (group) => sites.filter((each) => each.group === group).length;
  return `with all ${all('pages')} pages opened and everything with one of the ${all('handlers')} handlers shown, ${
    isShown ? `no <${tag}> of ${template} ever had a listener for "${event}"` : `nothing was ever drawn by ${template}`
  }`;
}
