import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WeappPerson } from './weapp-person-for-tests.js';

const ROOT = process.cwd();
const CLI = dirname(createRequire(join(ROOT, 'miniapp', 'package.json')).resolve('@tarojs/cli/package.json'));
const TEMPLATE = join(CLI, 'templates', 'default');

/** What the template asks of whoever makes a project of it: React, JavaScript, webpack. */
const ANSWERS: Record<string, boolean> = {
  '(includes "React" "Preact" s=framework)': true,
  "(eq framework 'Solid')": false,
  "(eq framework 'Vue3')": false,
  '(eq framework "React")': true,
  typescript: false,
  buildEs5: false,
};
const WORDS: Record<string, string> = { cssExt: 'css', pageName: 'index', 'to_pascal_case pageName': 'Index' };
const INNERMOST = /\{\{#if ([^}]+?) ?\}\}((?:(?!\{\{#if)[\s\S])*?)\{\{\/if\}\}/;

/** Fills in one of Taro's template files. */
function filledIn(text: string): string {
  let rest = text;
  for (let found = INNERMOST.exec(rest); found !== null; found = INNERMOST.exec(rest)) {
    const [whole, condition = '', inside = ''] = found;
    const answer = ANSWERS[condition.trim()];
    if (answer === undefined) throw new Error(`the template asks for ${condition}`);
    rest = rest.replace(whole, () => (answer ? inside : ''));
  }
  return rest.replace(/\{\{ ?([^}]+?) ?\}\}/g, (_whole, name: string) => {
    const word = WORDS[name];
    if (word === undefined) throw new Error(`the template wants ${name}`);
    return word;
  });
}

function writeProject(folder: string): void {
  cpSync(join(TEMPLATE, 'src'), join(folder, 'src'), { recursive: true });
  for (const file of readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(jsx?|css)$/.test(file)) continue;
    const full = join(folder, 'src', file);
    writeFileSync(full, filledIn(readFileSync(full, 'utf8')));
  }
  rmSync(join(folder, 'src', 'pages', 'index', 'index.vue'));
  const settings = {
    projectName: 'taro-template',
    date: '2026-11-28',
    designWidth: 750,
    deviceRatio: { 750: 1 },
    sourceRoot: 'src',
    outputRoot: 'dist',
    plugins: [],
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
  };
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'index.js'), `module.exports = ${JSON.stringify(settings)}`);
  writeFileSync(
    join(folder, 'babel.config.js'),
    "module.exports = { presets: [['taro', { framework: 'react', ts: false }]] }",
  );
  writeFileSync(
    join(folder, 'package.json'),
    '{"name":"taro-template","private":true,"dependencies":{"react":"18.3.1"}}',
  );
}

describe("a mini-program that is not ours: Taro's own template", () => {
  let folder = '';
  let person: WeappPerson | null = null;

  beforeAll(() => {
    // Below miniapp/, where Node finds Taro and React.
    mkdirSync(join(ROOT, 'miniapp', 'dist'), { recursive: true });
    folder = mkdtempSync(join(ROOT, 'miniapp', 'dist', 'taro-template-'));
    writeProject(folder);
    const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
    const taro = join(ROOT, 'node_modules', '.bin', 'taro');
    const built = spawnSync(taro, ['build', '--type', 'weapp'], { cwd: folder, env, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  }, 150_000);

  afterAll(() => person?.leaves());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is built from the npm template, passes both compilers, launches and shows its words', async () => {
    person = await WeappPerson.arrives({ project: join(folder, 'dist'), persona: 'anybody' });
    await person.reads('Hello world!');
    expect((await person.surroundings.state()).title).toBe('首页');
    expect(person.faults).toEqual([]);
  }, 60_000);
});
