import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Compilation, type Compiler, sources } from 'webpack';
import { namesIn, trimTemplates } from './trim-templates';

const NAME = 'TrimTemplates';
const TEMPLATES = 'base.wxml';
const PAGES = path.resolve(__dirname, '../src');
/** Webpack's own name for "the assets are what they will be": Taro has written the templates by then. */
const SUMMARIZE = 1000;

/** What a phone runs, without the tests and the browser's twins. */
function componentSources(): string[] {
  return readdirSync(PAGES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.spec|\.h5)\.tsx$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

/** Webpack's plugin around {@link trimTemplates}. */
export class TrimTemplatesPlugin {
  apply(compiler: Compiler): void {
    compiler.hooks.compilation.tap(NAME, (compilation: Compilation) => {
      compilation.hooks.processAssets.tap({ name: NAME, stage: SUMMARIZE }, (assets) => {
        const templates = assets[TEMPLATES];
        if (templates === undefined) return;
        const trimmed = trimTemplates(templates.source().toString(), namesIn(componentSources()));
        compilation.updateAsset(TEMPLATES, new sources.RawSource(trimmed));
      });
    });
  }
}
