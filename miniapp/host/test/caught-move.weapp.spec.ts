import { ask, connect, eventually, freePort, RunningHost } from './host-for-tests.js';
import { type WrittenProject, writeProject } from './project-for-tests.js';

let project: WrittenProject;
let host: RunningHost;
let phone: Awaited<ReturnType<typeof connect>>;

beforeAll(async () => {
  const port = await freePort();
  project = writeProject({
    'app.json': '{"pages":["pages/home/index"]}',
    'pages/home/index.js':
      'Page({ data: { tops: [] }, nothing() {}, onPageScroll(e) { this.data.tops.push(e.scrollTop) } })',
    'pages/home/index.wxml': `<view style="height:3000px">长</view>
      <view style="position:fixed;top:0;left:0;right:0;height:300px" catchtouchmove="nothing">
        <view style="height:200px">盖</view>
      </view>`,
  });
  host = new RunningHost(['auto', '--project', project.folder, '--auto-port', String(port)]);
  await host.ready();
  phone = await connect(port);
}, 60_000);

afterAll(async () => {
  phone?.disconnect();
  host?.stop();
  expect(await host?.ended).toMatchObject({ code: 0 });
  project?.remove();
});

const page = async () => {
  const shown = await phone.currentPage();
  if (shown === undefined) throw new Error('there is no page');
  return shown;
};
const drag = (from: number, to: number) =>
  ask(phone, 'Host.drag', { from: { x: 195, y: from }, to: { x: 195, y: to } });
const tops = async () => (await (await page()).data('tops')) as number[];
const START = 1000;

describe('catchtouchmove', () => {
  it('holds the page still under a finger that moves on the element, and only there', async () => {
    await phone.pageScrollTo(START);
    await eventually('the page at its start', tops, (all) => all.at(-1) === START);
    await drag(260, 110);
    await drag(450, 600);
    await eventually('the page under the second finger', tops, (all) => Number(all.at(-1)) < START - 100);
    expect(Math.max(...(await tops()))).toBe(START);
  });
});
