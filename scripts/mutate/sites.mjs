import { calledName, calleeOf, edited, walk } from './dist-sources.mjs';

/**
 * Something in the build that can be broken, and by whose touch it is known that a test used it.
 *
 * @typedef {object} Site
 * @property {'handlers' | 'bindings' | 'pages' | 'requests'} group
 * @property {string} id says what it is in every run of the same build
 * @property {string} title for people
 * @property {import('./dist-sources.mjs').Place[]} places one for each copy
 * @property {boolean} [isShorthand] of a handler that is written `{onPress}`
 * @property {Binding} [binding]
 */

/**
 * A binding of a template. `isCatching`: the element lets no movement of a finger through. `isFocus`: the twin for
 * elements that say whether they have the focus.
 *
 * @typedef {{template: string, tag: string, event: string, isCatch: boolean, isCatching: boolean, isFocus: boolean,
 *   attributes: Set<string>}} Binding
 */

/** Hooks by which a page hears of what happens to it. */
const LIFE = /^use(Launch|DidShow|DidHide|PullDownRefresh|ReachBottom|ShareAppMessage)$/;
const METHOD = /^(GET|POST|PUT|PATCH|DELETE)$/;
/** Taro's own runtime and what it is made of hand handlers on; they have none. */
const RUNTIME = /^(taro|vendors|runtime)\.js$/;

const short = (text, most = 60) => (text.length > most ? `${text.slice(0, most)}…` : text).replace(/\s+/g, ' ');
const isJsx = (node) => node.type === 'CallExpression' && /^(jsx|jsxs|createElement)$/.test(calledName(node));
const hasNoValue = (node) =>
  (node.type === 'Literal' && node.value === null) || (node.type === 'UnaryExpression' && node.operator === 'void');

/** The words of a string, of a template before its first hole, of `"…".concat(…)`; null for anything else. */
function leadingWords(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis[0].value.cooked;
  if (node?.type === 'CallExpression' && calledName(node) === 'concat') return leadingWords(calleeOf(node).object);
  return null;
}

/** How people would call the element of this call: by its id or its first class. */
function nameOfElement({ properties }) {
  const words = (name) => leadingWords(properties.find(({ key }) => key?.name === name)?.value);
  const id = words('id');
  return id ? `#${id}` : words('className') ? `.${words('className').trim().split(/\s+/)[0]}` : 'an element';
}

/** Named event handlers that a call gives to an element: `onPress`, `onChange` … */
function handlersOf(node) {
  if (node.type !== 'CallExpression') return [];
  if (LIFE.test(calledName(node)) && node.arguments.length > 0) {
    return [{ name: calledName(node), of: 'the page', value: node.arguments[0], isShorthand: false }];
  }
  const given = node.arguments[1];
  if (!isJsx(node) || given?.type !== 'ObjectExpression') return [];
  return given.properties
    .filter(({ type, key, value }) => type === 'Property' && /^on[A-Z]/.test(key.name ?? '') && !hasNoValue(value))
    .map(({ key, value, shorthand }) => ({ name: key.name, of: nameOfElement(given), value, isShorthand: shorthand }));
}

/** The path that a call or an object like `{method, path}` asks the server for. */
function requestIn(node) {
  if (node.type === 'CallExpression') {
    const [first, second] = node.arguments;
    const method = leadingWords(first);
    const value = METHOD.test(method ?? '') ? second : first;
    return { method: value === second ? method : 'GET', value };
  }
  if (node.type !== 'ObjectExpression') return null;
  const of = (name) => node.properties.find(({ key }) => key?.name === name)?.value;
  const method = leadingWords(of('method'));
  return method === null ? null : { method, value: of('path') ?? of('url') };
}

const PATH = /^(https?:\/\/[^/]+\/api)?\/[a-z]/;
/** Routes of pages and names of problems look like paths too. */
const NO_PATH = /^\/(pages|packages|problems)\//;

/** @returns {Site[]} */
function sitesOfModule(dist, { id, copies }) {
  const [first] = copies;
  const text = (node) => dist.text(first.file).slice(node.start, node.end);
  const where = copies.length === 1 ? first.file : `${first.file} and ${copies.length - 1} more`;
  const sites = [];
  const add = (group, title, node, more = {}) => {
    const offset = node.start - first.node.start;
    const places = copies.map(({ file, node: own }) => {
      return { file, start: own.start + offset, end: own.start + offset + node.end - node.start };
    });
    sites.push({ group, id: `${group}:${id}:${offset}`, title: `${title} in ${where}`, places, ...more });
  };
  walk(first.node, (node) => {
    for (const { name, of, value, isShorthand } of handlersOf(node)) {
      add('handlers', `${name} of ${of}: ${short(text(value))}`, value, { isShorthand });
    }
    const request = requestIn(node);
    const words = leadingWords(request?.value);
    if (words === null || !PATH.test(words) || NO_PATH.test(words)) return;
    add('requests', `${request.method} ${short(text(request.value))}`, request.value);
  });
  return sites;
}

const TEMPLATE = /<template name="([^"]+)">([\s\S]*?)<\/template>/g;
const BOUND = /\s(bind|catch)([a-z]+)="[^"]*"/g;

/** @returns {Site[]} every binding of every template, one by one */
function bindingsOf(dist, file) {
  const sites = [];
  for (const [, template, inside] of dist.text(file).matchAll(TEMPLATE)) {
    const from = dist.text(file).indexOf(inside, dist.text(file).indexOf(`<template name="${template}">`));
    const tag = /<([a-z-]+)/.exec(inside)?.[1] ?? '';
    const attributes = new Set([...inside.matchAll(/\s([a-z-]+)="/g)].map(([, name]) => name));
    for (const bound of inside.matchAll(BOUND)) {
      const [words, how, event] = bound;
      const start = from + bound.index;
      sites.push({
        group: 'bindings',
        id: `bindings:${template}:${event}`,
        title: `${how}${event} of <${tag}> in ${template} of ${file}`,
        places: [{ file, start, end: start + words.length }],
        binding: {
          template,
          tag,
          event,
          isCatch: how === 'catch',
          isCatching: /\scatchtouchmove=/.test(inside),
          isFocus: template.endsWith('_focus'),
          attributes,
        },
      });
    }
  }
  return sites;
}

/** @returns {Site[]} everything that can be drawn from a build, in an order that only the build decides */
export function sitesOf(dist) {
  const modules = dist.modules().filter(({ copies }) => !RUNTIME.test(copies[0].file));
  const pages = dist.pages().map((page) => {
    return { group: 'pages', id: `pages:${page}`, title: `the page ${page} in app.json`, places: [] };
  });
  return [...modules.flatMap((module) => sitesOfModule(dist, module)), ...bindingsOf(dist, 'base.wxml'), ...pages];
}

/** app.json without a page, the rest as it was. */
function withoutPage(dist, page) {
  const app = dist.json('app.json');
  app.pages = app.pages.filter((each) => each !== page);
  for (const part of app.subPackages ?? []) part.pages = part.pages.filter((each) => `${part.root}/${each}` !== page);
  app.subPackages = app.subPackages?.filter(({ pages }) => pages.length > 0);
  return JSON.stringify(app);
}

/** What stands in the place of a site when it is broken. */
function brokenText({ group, isShorthand }, text) {
  if (group === 'bindings') return '';
  // A function that does nothing, the same one each time: an effect that depends on it must not run for ever.
  if (group === 'handlers') return `${isShorthand ? `${text}:` : ''}Function.prototype`;
  return text.replace(/^(["'`])(https?:\/\/[^/]+\/api)?\//, '$1$2/no-such-');
}

/**
 * Breaks a site: a handler does nothing, a binding or a page is gone, a request asks for what the server does not have.
 *
 * @param {import('./dist-sources.mjs').DistSources} dist
 * @param {Site} site
 * @returns {Map<string, string>} the changed files
 */
export function breakSite(dist, site) {
  if (site.group === 'pages') return new Map([['app.json', withoutPage(dist, site.id.slice('pages:'.length))]]);
  const texts = new Map();
  for (const { file, start, end } of site.places) {
    const before = dist.text(file);
    texts.set(file, edited(before, [{ start, end, text: brokenText(site, before.slice(start, end)) }]));
  }
  return texts;
}
