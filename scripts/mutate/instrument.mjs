import { calledName, walk, wrapped } from './dist-sources.mjs';
import { Recorder } from './recorder.mjs';

/** Where Taro makes the nodes of its document: the class that keeps the listeners. */
const KEEPS_LISTENERS = 'this.__handlers={}';

function registrations(dist, file) {
  const wraps = [];
  walk(dist.program(file), (node) => {
    if (node.type !== 'CallExpression' || node.arguments.length !== 1 || node.callee.type !== 'Identifier') return;
    if (!/^(Page|Component)$/.test(calledName(node))) return;
    const [{ start, end }] = node.arguments;
    wraps.push({ start, end, before: 'wx.recordedSites.page(', after: ')' });
  });
  return wraps;
}

function wrapsOfSites(sites) {
  const byFile = new Map();
  for (const { group, id, places, isShorthand } of sites) {
    if (group !== 'handlers' && group !== 'requests') continue;
    const call = `wx.recordedSites.${group === 'handlers' ? 'handler' : 'value'}(${JSON.stringify(id)},`;
    for (const { file, start, end } of places) {
      const before = (text) => `${isShorthand ? `${text}:` : ''}${call}`;
      byFile.set(file, [...(byFile.get(file) ?? []), { start, end, before, after: ')' }]);
    }
  }
  return byFile;
}

/**
 * The files of a build in which every handler, request, binding and page notes that it was used; `wx.recordedSites`
 * tells.
 *
 * @param {import('./dist-sources.mjs').DistSources} dist
 * @param {import('./sites.mjs').Site[]} sites
 * @returns {Map<string, string>} the changed files
 */
export function instrumented(dist, sites) {
  const texts = new Map();
  const ofSites = wrapsOfSites(sites);
  for (const file of dist.scripts()) {
    const text = dist.text(file);
    const own = (ofSites.get(file) ?? []).map((wrap) => {
      return { ...wrap, before: wrap.before(text.slice(wrap.start, wrap.end)) };
    });
    const wraps = [...own, ...registrations(dist, file)];
    const changed = wrapped(text, wraps).replaceAll(KEEPS_LISTENERS, `${KEEPS_LISTENERS},wx.recordedSites.node(this)`);
    if (changed !== text) texts.set(file, changed);
  }
  if (!dist.text('taro.js').includes(KEEPS_LISTENERS)) throw new Error('taro.js keeps its listeners in another way');
  const xs = `(()=>{const module={exports:{}};${dist.text('utils.wxs')};return module.exports})()`;
  texts.set('app.js', `wx.recordedSites=new (${Recorder})(${xs});${texts.get('app.js') ?? dist.text('app.js')}`);
  return texts;
}
