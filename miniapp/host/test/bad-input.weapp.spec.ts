import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, listen, openProject, RunningHost, shownPage } from './host-for-tests.js';
import { type Files, writeProject } from './project-for-tests.js';

const HOME = 'pages/home/index';

/** Runs the command to its end; without an end the test fails. */
async function endOf(command: 'auto' | 'check', files: Files, more: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { folder, remove } = writeProject(files);
  const port = command === 'auto' ? ['--auto-port', String(await freePort())] : [];
  try {
    return await new RunningHost([command, '--project', folder, ...port, ...more], env).ended;
  } finally {
    remove();
  }
}

/** What the host says is one message about one thing, without a stack of its own. */
function oneMessage(said: string): string[] {
  expect(said).not.toMatch(/\n {4}at /);
  return said.split('\n').filter((line) => line.startsWith('weapp-host:'));
}

const MIB = 'x'.repeat(1024 * 1024);

/** So many subpackages of one file with that text each. */
function packages(count: number, text: string): Files {
  const roots = Array.from({ length: count }, (_none, at) => `packages/p${at}`);
  const subPackages = roots.map((root) => ({ root, pages: [] }));
  return {
    'app.json': JSON.stringify({ pages: [HOME], subPackages }),
    ...Object.fromEntries(roots.map((root) => [`${root}/words.txt`, text])),
  };
}

const throwing = 'Page({\n  onLoad() {\n    null.x\n  },\n})';
/** A source map of one segment a line: each line of the script comes from the same line of the source, column 4. */
const MAP = JSON.stringify({
  version: 3,
  sources: ['src/home.ts'],
  names: [],
  mappings: 'AAII;AACA;AACA;AACA;AACA',
});

describe('a mini-program that does not compile', () => {
  it.each<[string, Files, RegExp]>([
    ['has no app.json', { 'app.json': '' }, /there is no app\.json: this is not a built mini-program/],
    ['has an app.json that is none', { 'app.json': '{\n"pages": [,]}' }, /app\.json:2: not valid JSON/],
    ['names a page that is not there', { [`${HOME}.js`]: '' }, /app\.json: names the page .*no pages\/home\/index\.js/],
    ['has a template that is none', { [`${HOME}.wxml`]: '<view>\n<text></view>' }, /pages\/home\/index\.wxml:2/],
    [
      "has a template that WeChat's compiler refuses and others forgive",
      { [`${HOME}.wxml`]: '<view>\n  <view>{{a ?? b}}</view>\n</view>' },
      /pages\/home\/index\.wxml:2:\d+: WeChat's template compiler says/,
    ],
    ['uses an unknown component', { [`${HOME}.wxml`]: '\n<magic/>' }, /pages\/home\/index\.wxml:2: <magic> is no/],
    [
      'has a main package over 2 MiB',
      { 'words.txt': MIB.repeat(2) },
      /app\.json: the main package has 2097\d\d\d bytes .* WeChat takes 2 MiB; its largest file is words\.txt/,
    ],
    [
      'has a subpackage over 2 MiB',
      packages(1, `${MIB.repeat(2)}x`),
      /app\.json: the subpackage "packages\/p0" has 2097153 bytes/,
    ],
    [
      'has more than 30 MiB in all',
      packages(15, MIB.repeat(2)),
      /app\.json: all packages together have 31457\d\d\d bytes \(30\.00 MiB\), and WeChat takes 30 MiB/,
    ],
    ['has a script that is none', { 'app.js': 'App({\n  onLaunch( {}\n})' }, /app\.js:\d: SyntaxError/],
  ])('%s: one message with file and line, and a code that is not zero', async (_what, files, message) => {
    const { code, said } = await endOf('check', files);
    expect(oneMessage(said)).toEqual([expect.stringMatching(message)]);
    expect(code).toBe(1);
  });
});

describe('a mini-program that does not come up', () => {
  it.each<[string, Files, RegExp, string[]?]>([
    ['throws in app.js', { 'app.js': '\nmissing.call();\nApp({})' }, /app\.js:2:\d+: missing is not defined/],
    ['throws in onLaunch', { 'app.js': 'App({\n onLaunch() { missing() } })' }, /app\.js:2:\d+: missing is not/],
    ['has no App', { 'app.js': 'const nothing = 1' }, /app\.js does not call App/],
    ['has a script without Page', { [`${HOME}.js`]: '1' }, /pages\/home\/index\.js calls neither Page nor Component/],
    ['throws at load', { [`${HOME}.js`]: throwing }, /pages\/home\/index\.js:3:\d+: Cannot read/],
    [
      'throws at load and has a source map',
      { [`${HOME}.js`]: throwing, [`${HOME}.js.map`]: MAP },
      /src\/home\.ts:\d+:\d+ \(pages\/home\/index\.js:3:\d+\): Cannot read/,
    ],
    ['requires what is not there', { 'app.js': "require('./gone')\nApp({})" }, /module 'gone\.js' is not defined/],
    [
      'calls what the host does not have',
      { 'app.js': 'App({ onLaunch() {\n wx.startBeaconDiscovery({}) } })' },
      /app\.js:2:\d+: wx\.startBeaconDiscovery is not implemented/,
    ],
    [
      'has a script in a template that throws',
      { [`${HOME}.wxml`]: '<view/>\n <wxs module="m">var a; module.exports = { b: a.b.c }</wxs><view>{{m.b}}</view>' },
      /pages\/home\/index\.wxml:2:49: a template's WXS throws: Cannot read/,
    ],
    [
      'requires a script of templates that throws',
      {
        [`${HOME}.wxml`]: '<wxs module="m" src="../../kinds.wxs"/><view>{{m.b}}</view>',
        'kinds.wxs': '// Kinds.\nvar a;\nmodule.exports = { b: a.b.c } // All.',
      },
      /kinds\.wxs:3:25: a template's WXS throws: Cannot read/,
    ],
    [
      'calls a function of a template that throws',
      {
        [`${HOME}.wxml`]:
          '<wxs module="m">\nvar gone\nmodule.exports = { of: function () { return gone.b } }\n</wxs>\n<view>{{m.of()}}</view>',
      },
      /pages\/home\/index\.wxml:3:50: Cannot read/,
    ],
    ['shows what the host does not have', { [`${HOME}.wxml`]: '<map/>' }, /does not implement the component <map>/],
    ['shows a picture that it has not', { [`${HOME}.wxml`]: '<image src="/no.png"/>' }, /there is no "\/no\.png"/],
    [
      'sends too much',
      { [`${HOME}.js`]: 'Page({ onLoad() { this.setData({ a: "x".repeat(262200) }) } })' },
      /carries 262\d\d\d bytes/,
    ],
    [
      'never ends its first script',
      { 'app.js': 'for (;;) {}' },
      /first page is not there after 2 s/,
      ['--timeout', '2'],
    ],
    [
      'never ends its onLoad',
      { [`${HOME}.js`]: 'Page({ onLoad() { for (;;) {} } })' },
      /first page is not there after 2 s/,
      ['--timeout', '2'],
    ],
    ['is opened on a page that it has not', {}, /page "pages\/gone" is not found/, ['--path', 'pages/gone']],
    ['has a component in itself without end', endless(), /Maximum call stack|itself/],
  ])('%s: one message with the place, and a code that is not zero', async (_what, files, message, ...[more]) => {
    const { code, said } = await endOf('auto', files, more);
    expect(oneMessage(said)).toEqual([expect.stringMatching(message)]);
    expect(code).toBe(1);
  });
});

/** A component that shows another, which shows the first. */
function endless(): Files {
  const part = (name: string, other: string): Files => ({
    [`${name}.json`]: `{"component":true,"usingComponents":{"${other}":"/${other}"}}`,
    [`${name}.js`]: 'Component({})',
    [`${name}.wxml`]: `<${other}/>`,
  });
  return {
    [`${HOME}.json`]: '{"usingComponents":{"one":"/one"}}',
    [`${HOME}.wxml`]: '<one/>',
    ...part('one', 'two'),
    ...part('two', 'one'),
  };
}

const ASKED_PORT = 9437;
/** Says by a request that it runs, and goes on for ever. */
const ASKING: Files = {
  'app.js': `App({}); wx.request({ url: 'http://127.0.0.1:${ASKED_PORT}/' }); for (;;) {}`,
};

/** WeChat's compiler takes half a second for it. */
const LONG: Files = { [`${HOME}.wxml`]: '<view>{{a}}<text>b</text></view>\n'.repeat(30_000) };

describe('surroundings that are not there', () => {
  it('a port that is used', async () => {
    const server = createServer();
    const port = String(await listen(server));
    const { code, said } = await endOf('auto', {}, ['--auto-port', port]);
    server.close();
    expect(oneMessage(said)).toEqual([expect.stringMatching(`port ${port} can't be used: .*EADDRINUSE`)]);
    expect(code).toBe(1);
  });

  it('a platform that nobody answers for', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, said } = await endOf('auto', {}, ['--platform', url]);
    expect(oneMessage(said)).toEqual([expect.stringMatching(`the platform ${url} can't be reached: .*ECONNREFUSED`)]);
    expect(code).toBe(1);
  });

  it.each<[string, string, RegExp]>([
    ['that is not there', '/no/such/browser', /CHROMIUM_PATH names \/no\/such\/browser, which is not there/],
    ['that is no program', __filename, /bad-input\.weapp\.spec\.ts does not start: .*EACCES/],
    ['that ends at once', process.execPath, /node does not start: .*bad option: --/],
  ])('a Chromium %s: one sentence, and no folder stays behind', async (_what, CHROMIUM_PATH, message) => {
    const TMPDIR = mkdtempSync(join(tmpdir(), 'weapp-host-tmp-'));
    const { code, said } = await endOf('auto', {}, [], { CHROMIUM_PATH, TMPDIR });
    expect(oneMessage(said)).toEqual([expect.stringMatching(message)]);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    expect(readdirSync(TMPDIR)).toEqual([]);
    rmSync(TMPDIR, { recursive: true });
  });

  it.each<[string, (said: string, files: string[]) => boolean, Files]>([
    ["while WeChat's compiler runs", (_said, files) => files.some((name) => name.startsWith('weapp-host-wcc-')), LONG],
    ['as soon as there is anything', (_said, files) => files.some((name) => /^weapp-host-\w{6}$/.test(name)), {}],
    ['while Chromium starts', (_said, files) => files.some((name) => name.startsWith('weapp-host-home-')), {}],
    ['while its first script runs without end', (_said, files) => files.includes('asked'), ASKING],
    ['when it is there', (said) => said.includes('ready on'), {}],
  ])('told to end %s: it ends quietly with 0, and no folder stays behind', async (_when, isTime, files) => {
    const TMPDIR = mkdtempSync(join(tmpdir(), 'weapp-host-tmp-'));
    const { folder, remove } = writeProject(files);
    const server = createServer(() => mkdirSync(join(TMPDIR, 'asked'))).listen(ASKED_PORT, '127.0.0.1');
    const host = new RunningHost(['auto', '--project', folder, '--auto-port', String(await freePort())], { TMPDIR });
    await eventually('the time', async () => isTime(host.said, readdirSync(TMPDIR)), Boolean);
    host.stop();
    const { code, said } = await host.ended;
    remove();
    server.closeAllConnections();
    server.close();
    rmSync(join(TMPDIR, 'asked'), { recursive: true, force: true });
    expect([code, said.replace(/weapp-host: ready on .*\n/, ''), readdirSync(TMPDIR)]).toEqual([0, '', []]);
    rmSync(TMPDIR, { recursive: true });
  });

  it.each<[string[], RegExp]>([
    [['auto'], /--project is missing/],
    [['fly', '--project', '.'], /there is no command "fly"/],
    [['check', '--project', '/no/such/folder'], /\/no\/such\/folder: there is no such folder/],
    [['auto', '--project', '.', '--auto-port', '70000'], /--auto-port must be a whole number up to 65535, not "70000"/],
    [['auto', '--project', '.', '--scene', 'x'], /--scene must be a whole number/],
    [['auto', '--project', '.', '--timeout'], /--timeout needs a value/],
    [['auto', '--project', '.', '--rewrite', 'x'], /--rewrite must be FROM=TO/],
    [['auto', '--project', '.', '--colour', 'x'], /there is no option --colour/],
  ])('options %j', async (args, message) => {
    const { code, said } = await new RunningHost(args).ended;
    expect(oneMessage(said)).toEqual([expect.stringMatching(message)]);
    expect(code).toBe(1);
  });
});

describe('a mini-program that stops on the way', () => {
  it('a script without an end: the command that asked is refused, and the host can be closed', async () => {
    const files = { [`${HOME}.js`]: 'Page({ spin() { for (;;) {} } })' };
    const { phone, close } = await openProject(files, ['--timeout', '3']);
    const page = await shownPage(phone);
    await expect(page.callMethod('spin')).rejects.toThrow('the mini-program has not answered for 3 s');
    await close();
  });
});
