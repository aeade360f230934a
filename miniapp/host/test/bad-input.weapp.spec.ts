import { freePort, RunningHost } from './host-for-tests.js';
import { type Files, writeProject } from './project-for-tests.js';

async function endOf(files: Files) {
  const { folder, remove } = writeProject(files);
  try {
    return await new RunningHost(['auto', '--project', folder, '--auto-port', String(await freePort())]).ended;
  } finally {
    remove();
  }
}

const HOME = 'pages/home/index';

describe('a mini-program that does not come up', () => {
  it.each<[string, Files, RegExp]>([
    ['throws in app.js', { 'app.js': '\nmissing.call();\nApp({})' }, /app\.js:2:\d+: missing is not defined/],
    [
      'throws at load',
      { [`${HOME}.js`]: 'Page({\n  onLoad() {\n    null.x\n  },\n})' },
      /pages\/home\/index\.js:3:\d+: Cannot read/,
    ],
    ['requires what is not there', { 'app.js': "require('./gone')\nApp({})" }, /module 'gone\.js' is not defined/],
    [
      'calls what the host does not have',
      { 'app.js': 'App({ onLaunch() {\n wx.startBeaconDiscovery({}) } })' },
      /app\.js:2:\d+: wx\.startBeaconDiscovery is not implemented/,
    ],
    ['shows what the host does not have', { [`${HOME}.wxml`]: '<map/>' }, /does not implement the component <map>/],
    ['has a template that is none', { [`${HOME}.wxml`]: '<view>' }, /pages\/home\/index\.wxml:1/],
    ['has no app.json', { 'app.json': '' }, /there is no app\.json/],
    [
      'sends too much',
      { [`${HOME}.js`]: 'Page({ onLoad() { this.setData({ a: "x".repeat(262200) }) } })' },
      /carries 262\d\d\d bytes/,
    ],
  ])('%s: one message with the place, and a code that is not zero', async (_what, files, message) => {
    const { code, said } = await endOf(files);
    expect(said).toMatch(message);
    expect(code).toBe(1);
  });
});
