import { join } from 'node:path';
import { compileProject } from '../src/compile/compile-project.js';
import { readProject } from '../src/project/project.js';
import { type Files, writeProject } from './project-for-tests.js';

const PACKAGE = join(process.cwd(), 'miniapp', 'host');

async function compile(files: Files) {
  const { folder, remove } = writeProject(files);
  try {
    return await compileProject(readProject(folder), PACKAGE);
  } finally {
    remove();
  }
}

const faultIn = (files: Files): Promise<string> =>
  compile(files).then(
    () => 'no fault',
    (error: Error) => error.message,
  );

const HOME = 'pages/home/index';

describe('compiling a built mini-program', () => {
  it('gives the browser scripts, styles and templates of a sound one', async () => {
    const { project, templates } = await compile({ 'app.wxss': 'page{color:red}' });
    expect(project.pages).toEqual([HOME]);
    expect(project.scripts[HOME]).toContain('早');
    expect(project.styles.app).toBe('body{color:red}');
    expect(templates).toContain('wx-view');
  });

  it.each<[string, Files, RegExp]>([
    ['no app.json', { 'app.json': '' }, /there is no app\.json/],
    ['an app.json that is no JSON', { 'app.json': '{\n"pages": [,]}' }, /^app\.json:2: not valid JSON/],
    ['an app.json without pages', { 'app.json': '{}' }, /^app\.json: "pages" names no page/],
    ['a page without a script', { [`${HOME}.js`]: '' }, /^app\.json: .*no pages\/home\/index\.js/],
    ['a page without a template', { [`${HOME}.wxml`]: '' }, /^app\.json: .*no pages\/home\/index\.wxml/],
    [
      'a tab that is no page',
      { 'app.json': `{"pages":["${HOME}"],"tabBar":{"list":[{"pagePath":"pages/x"}]}}` },
      /pages\/x/,
    ],
    ['an element that is not closed', { [`${HOME}.wxml`]: '<view>\n<text></view>' }, /^pages\/home\/index\.wxml:2:/],
    ['an expression that is none', { [`${HOME}.wxml`]: '<view>\n{{a b}}</view>' }, /^pages\/home\/index\.wxml:2:/],
    [
      'an unknown component',
      { [`${HOME}.wxml`]: '<view>\n\n<magic/></view>' },
      /^pages\/home\/index\.wxml:3: <magic> is no/,
    ],
    [
      'a component without files',
      { [`${HOME}.json`]: '{"usingComponents":{"magic":"/magic"}}' },
      /^pages\/home\/index\.json: the component "magic"/,
    ],
    [
      'a template that imports nothing',
      { [`${HOME}.wxml`]: '<import src="gone.wxml"/>' },
      /^pages\/home\/index\.wxml:1: imports "gone\.wxml"/,
    ],
    [
      'a style that imports nothing',
      { 'app.wxss': '/* */\n@import "gone.wxss";' },
      /^app\.wxss:2: imports "gone\.wxss"/,
    ],
    [
      'a module that does not parse',
      { 'app.js': "import a from './a';\nApp({\n  onLaunch( {}\n})" },
      /^app\.js:\d:\d+: SyntaxError/,
    ],
    [
      'a warning in what is no package',
      { [`${HOME}.wxml`]: '<view a="1" a="2"/>' },
      /^pages\/home\/index\.wxml:1:\d+: duplicated attribute/,
    ],
    [
      'an error in a package that a page uses',
      {
        [`${HOME}.json`]: '{"usingComponents":{"part":"lib/part"}}',
        'miniprogram_npm/lib/part.json': '{"component":true}',
        'miniprogram_npm/lib/part.wxml': '<view>\n{{a b}}</view>',
      },
      /^miniprogram_npm\/lib\/part\.wxml:2:/,
    ],
    ['a script that does not parse', { 'app.js': 'App({\n  onLaunch( {}\n})' }, /^app\.js:\d: SyntaxError/],
  ])('refuses %s with one sentence that names the place', async (_what, files, sentence) => {
    expect(await faultIn(files)).toMatch(sentence);
  });

  it("asks WeChat's own compiler, which refuses what the other forgives", async () => {
    // glass-easel knows an operator that WeChat does not.
    const fault = await faultIn({ [`${HOME}.wxml`]: '<view>\n<view>{{a ?? b}}</view></view>' });
    expect(fault).toMatch(/^pages\/home\/index\.wxml:2:\d+: WeChat's template compiler says/);
  });
});
