import path from 'node:path';
import { defineConfig } from '@tarojs/cli';
import { TrimTemplatesPlugin } from './trim-templates-plugin';

const repository = path.resolve(__dirname, '../..');
const sharedSource = path.join(repository, 'shared/src');
const isH5 = process.env.TARO_ENV === 'h5';

/** The H5 page is served by the API itself, so it asks its own origin; a phone needs the whole address. */
const apiBase = isH5 ? '' : (process.env.MALL_API_BASE ?? 'http://127.0.0.1:3000');

/**
 * The runner's own settings for terser switch most of it off and write each Chinese character as six. These are
 * terser's defaults again: five KiB of the main package and ten of the others.
 */
const smallerScripts = {
  enable: true,
  config: {
    compress: {
      collapse_vars: true,
      comparisons: true,
      hoist_props: true,
      inline: 3,
      join_vars: true,
      loops: true,
      negate_iife: true,
      properties: true,
      reduce_funcs: true,
      reduce_vars: true,
      switches: true,
      typeofs: true,
      passes: 2,
    },
    output: { ascii_only: false },
  },
};

/** Components share no class, and the blocks that they refine are in app.scss: their order means nothing. */
const anyOrder = { ignoreOrder: true };

interface Chain {
  merge(config: { optimization: { splitChunks: object } }): void;
  plugin(name: string): { use(plugin: unknown): void };
}

function trimTemplates(chain: unknown): void {
  (chain as Chain).plugin('trimTemplates').use(TrimTemplatesPlugin);
}

/** Without this every page of the browser build carries its own copy of all of Taro's components. */
function shareChunks(chain: unknown): void {
  (chain as Chain).merge({
    optimization: {
      splitChunks: {
        chunks: 'all',
        cacheGroups: {
          vendors: { name: 'vendors', test: /[\\/]node_modules[\\/]/, priority: 10 },
          common: { name: 'common', minChunks: 2, priority: 5, enforce: true },
        },
      },
    },
  });
}

export default defineConfig<'webpack5'>({
  projectName: 'guide-mall',
  date: '2026-11-22',
  // Sizes in the style sheets are pixels of a 375-wide phone.
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src',
  // Both builds live side by side.
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  plugins: [],
  // Nested blocks of a page are templates unrolled this deep, 2 KiB a level; deeper ones go through a component.
  baseLevel: 12,
  terser: smallerScripts,
  defineConstants: { API_BASE: JSON.stringify(apiBase) },
  alias: { '@mall/shared': sharedSource, '@': path.join(repository, 'miniapp/src') },
  mini: {
    compile: { include: [sharedSource] },
    optimizeMainPackage: { enable: true },
    webpackChain: trimTemplates,
    // Nothing here writes HTML into an element: product descriptions go to WeChat's own rich-text.
    runtime: { enableInnerHTML: false },
    // Off on purpose: with it `</input>` disappears from the templates and WeChat's compiler refuses them.
    minifyXML: { collapseWhitespace: false },
    miniCssExtractPluginOption: anyOrder,
    experimental: { useXsForTemplate: true },
    postcss: { pxtransform: { enable: true, config: {} } },
  },
  h5: {
    publicPath: './',
    staticDirectory: 'static',
    compile: { include: [sharedSource] },
    miniCssExtractPluginOption: anyOrder,
    router: { mode: 'hash' },
    webpackChain: shareChunks,
    postcss: {
      autoprefixer: { enable: true, config: {} },
      pxtransform: { enable: true, config: { baseFontSize: 20, minRootSize: 18, maxRootSize: 22 } },
    },
  },
});
