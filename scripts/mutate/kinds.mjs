import { PlainFailure } from '../parts/progress.mjs';
import { breakSite } from './sites.mjs';

const KIB = 1024;
const SCRIPT = /\.js$/;
const MALL = /^(common|app)\.js$|^(pages|packages)\/.*\.js$/;

/** Replaces words in the files whose names fit, one pair after the other; each must find something to break. */
function swapAll(dist, files, pairs) {
  const texts = new Map();
  for (const [find, put] of pairs) {
    let isFound = false;
    for (const file of dist.files.filter((name) => files.test(name))) {
      const text = texts.get(file) ?? dist.text(file);
      const changed = text.replace(find, put);
      if (changed === text) continue;
      isFound = true;
      texts.set(file, changed);
    }
    if (!isFound)
      throw new PlainFailure(`nothing in the build matches ${find} any more: this kind of mutant needs new words`);
  }
  return { texts, siteIds: [] };
}

const swap = (dist, files, find, put) => swapAll(dist, files, [[find, put]]);

/** Breaks the first of the drawn sites that fits, preferring what the suite uses: an unused one proves nothing here. */
function site({ dist, sites, coverage }, fits) {
  const found = sites.filter(fits);
  const chosen = found.find(({ id }) => coverage.touched[id]) ?? found[0];
  if (chosen === undefined)
    throw new PlainFailure('the build has no such place any more: this kind of mutant needs new words');
  return { texts: breakSite(dist, chosen), siteIds: [chosen.id], title: chosen.title };
}

const handler = (words) => (known) => site(known, ({ group, title }) => group === 'handlers' && title.includes(words));
const request = (words) => (known) =>
  site(known, ({ group, title }) => group === 'requests' && title.startsWith(words));
const bound = (tag, event) => (known) => site(known, ({ binding }) => binding?.tag === tag && binding.event === event);

function editJson(dist, file, change) {
  const value = dist.json(file);
  change(value);
  return { texts: new Map([[file, JSON.stringify(value)]]), siteIds: [] };
}

const gone = (dist, file) => {
  if (!dist.files.includes(file)) throw new PlainFailure(`the build has no ${file} any more`);
  return { texts: new Map([[file, null]]), siteIds: [] };
};

/**
 * What can go wrong with a build, one of each kind, by name.
 *
 * @type {Record<string, (known: {dist: import('./dist-sources.mjs').DistSources, sites: import('./sites.mjs').Site[],
 *   coverage: import('./coverage.mjs').Coverage}) => {texts: Map<string, string | null>, siteIds: string[], title?: string}>}
 */
export const KINDS = {
  'a button does nothing': handler('of #add-to-cart'),
  'a field hears nothing': handler('onInput of'),
  'a page is not in app.json': (known) => site(known, ({ id }) => id === 'pages:packages/member/coupons/index'),
  'a tab is missing': ({ dist }) =>
    editJson(dist, 'app.json', ({ tabBar }) => {
      tabBar.list = tabBar.list.filter(({ pagePath }) => !pagePath.includes('cart'));
    }),
  'a tap is not bound in base.wxml': bound('view', 'tap'),
  'typing is not bound in base.wxml': bound('input', 'input'),
  'the phone number is not bound in base.wxml': bound('button', 'getphonenumber'),
  'a button has lost its open-type': ({ dist }) => swap(dist, /^base\.wxml$/, / open-type="[^"]*"/, ''),
  'a request asks for another path': request('POST "/quotes"'),
  'a request uses another method': ({ dist }) => swap(dist, MALL, /"POST"(?=,"\/orders")/, '"PUT"'),
  'nobody says who asks': ({ dist }) => swap(dist, /^common\.js$/, /authorization:(?=`Bearer)/, 'x_authorization:'),
  'an order has no key of its own': ({ dist }) => swap(dist, MALL, /"idempotency-key":/, '"x-key":'),
  'a session that ended is not begun anew': ({ dist }) =>
    swap(dist, /^common\.js$/, /\w+\.type===\w+\.\w+\.SessionExpired\|\|\w+\.type===\w+\.\w+\.NotAuthenticated/, '!1'),
  'pages get no data': ({ dist }) =>
    swap(dist, /^taro\.js$/, /(\w+)\.setData\((\w+),(\w+)\)\}\)\}(?=enqueueUpdateCallback)/, '$3()})}'),
  'one setData is too big': ({ dist }) =>
    swap(
      dist,
      /^taro\.js$/,
      /\.setData\((\w+),(\w+)\)(?=\}\)\}enqueueUpdateCallback)/,
      `.setData({...$1,filler:"x".repeat(${300 * KIB})},$2)`,
    ),
  'a file of a subpackage is missing': ({ dist }) => gone(dist, 'packages/guide/sub-vendors.js'),
  'a page has lost its configuration': ({ dist }) => gone(dist, 'packages/shop/product/index.json'),
  'a card carries no guide': ({ dist }) => swap(dist, /product\/index\.js$/, /path:\w+\.path\}\)(?=\)\.catch)/, '})'),
  'an arrival is not noted': ({ dist, sites, coverage }) =>
    site(
      { dist, sites, coverage },
      ({ group, title }) => group === 'handlers' && /^useDidShow .* in app\.js$/.test(title),
    ),
  'an amount is ten times as high': ({ dist }) =>
    swap(dist, /^common\.js$/, /\.padStart\(3,"0"\)/, '.padStart(3,"0").concat("0")'),
  // Each of the two guards is enough for the taps of a thumb: both are gone.
  'a second tap is not held back': ({ dist }) =>
    swapAll(dist, SCRIPT, [
      [/(\w+)\.current\|\|\(\1\.current=!0/, '!1||($1.current=!0'],
      [/const (\w+)=(\w+)\|\|\w+;(?=return.{1,80}\$\{\2\?" is-disabled")/, 'const $1=$2;'],
    ]),
  'a style imports what is not there': ({ dist }) => swap(dist, /^app\.wxss$/, /\.\/common\.wxss/, './gone.wxss'),
  'a template is not closed': ({ dist }) => swap(dist, /^base\.wxml$/, /<\/view>/, ''),
  'a template uses an unknown component': ({ dist }) => swap(dist, /^base\.wxml$/, /(<\/?)rich-text/g, '$1rich-words'),
  'the main package is over its budget': () => ({
    texts: new Map([['assets/filler.txt', 'x'.repeat(40 * KIB)]]),
    siteIds: [],
  }),
};
