import { createServer, type Server } from 'node:http';
import { answers, ask, chooses, eventually, listen, type Opened, openProject, type Phone } from './host-for-tests.js';

/** A picture of 2 × 3 red points. */
const RED = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEUlEQVR4nGP4z8DwnwGMERQARNAF+7BYSawAAAAASUVORK5CYII=';

type Wx = Record<string, (options?: object) => Promise<Record<string, unknown>>>;
interface Files {
  readFileSync(path: string, encoding?: string): string;
  writeFileSync(path: string, data: unknown, encoding?: string): void;
  accessSync(path: string): void;
  unlinkSync(path: string): void;
}
declare const wx: Wx & { getFileSystemManager(): Files; env: { USER_DATA_PATH: string } };

interface Task {
  abort(): void;
}
declare const getApp: () => { ten: Task[]; ends: Promise<object[]> };

let opened: Opened;
/** Stands in for WeChat, which says this of her session. */
let platform: Server;
let session = 'checkSession:ok';
let phone: Phone;

beforeAll(async () => {
  const files = {
    'app.json': '{"pages":["pages/home/index","pages/next/index"]}',
    'pages/next/index.js': 'Page({})',
    'pages/next/index.wxml': '<view/>',
    'words.txt': '你好',
    // A picture that is not there would be an error, and the host would end with 1.
    'pictures/100%.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="6"/>',
    'pages/home/index.js':
      'Page({ data: { day: "" }, chose(e) { this.setData({ day: e.detail.value }) }, open() { wx.openSetting() } })',
    'pages/home/index.wxml':
      '<image src="/pictures/100%.svg"/><picker class="day" mode="date" start="2026-01-31" end="2026-03-05" value="2026-01-31" bindchange="chose"><view>日</view></picker><button class="settings" bindtap="open">设置</button><canvas type="2d" id="poster" style="width:40px;height:20px"/>',
  };
  platform = createServer((request, response) => {
    response.end(JSON.stringify(request.url === '/device/check-session' ? { errMsg: session } : {}));
  });
  opened = await openProject(files, ['--platform', `http://127.0.0.1:${await listen(platform)}`]);
  phone = opened.phone;
}, 60_000);

afterAll(async () => {
  const ended = await opened?.close();
  platform?.close();
  expect(ended).toMatchObject({ code: 0 });
});

/** Calls `wx.<name>` and gives its answer, or the words of its refusal. */
const call = (name: string, options: object = {}) =>
  phone.callWxMethod(name, options).catch((error: Error) => error.message) as Promise<unknown>;

describe('what she allows (WeChat asks once; then only its settings change it)', () => {
  const ALBUM = { scope: 'scope.writePhotosAlbum' };

  it('refuses after her no without asking again, until she changes it in the settings', async () => {
    const refused = call('authorize', ALBUM);
    await answers('no', () => phone.native().authorizeCancel());
    expect(await refused).toBe('authorize:fail auth deny');
    expect(await call('authorize', ALBUM)).toBe('authorize:fail auth deny');
    expect(await call('saveImageToPhotosAlbum', { filePath: 'x.png' })).toMatch(/auth deny/);
    expect(await call('getSetting')).toMatchObject({ authSetting: { 'scope.writePhotosAlbum': false } });
    await (await (await phone.currentPage())?.$('.settings'))?.tap();
    await chooses(phone, 'settings', { 'scope.writePhotosAlbum': true });
    expect(await call('getSetting')).toMatchObject({ authSetting: { 'scope.writePhotosAlbum': true } });
    expect(await call('authorize', ALBUM)).toMatchObject({ errMsg: 'authorize:ok' });
  });
});

describe('scanning a code', () => {
  it('a mini-program code gives its path, with the scene encoded once', async () => {
    const scanned = call('scanCode');
    await chooses(phone, 'scan', 'pages/next/index?scene=s%3DAb12');
    expect(await scanned).toMatchObject({ scanType: 'WX_CODE', path: 'pages/next/index?scene=s%3DAb12', result: '' });
  });

  it('another code gives its words, and going back is a refusal', async () => {
    const scanned = call('scanCode');
    await chooses(phone, 'scan', '6901234567892');
    expect(await scanned).toMatchObject({
      scanType: 'QR_CODE',
      result: '6901234567892',
      rawData: 'NjkwMTIzNDU2Nzg5Mg==',
    });
    const left = call('scanCode');
    await chooses(phone, 'scan', null);
    expect(await left).toBe('scanCode:fail cancel');
  });
});

describe('a request that the mini-program aborts', () => {
  it('fails at once with WeChat’s words, leaves the line and gives its place to another', async () => {
    let asked = 0;
    let left = 0;
    const server = createServer((request, response) => {
      if (request.url === '/quick') response.end('"here"');
      else {
        asked += 1;
        response.on('close', () => {
          left += 1;
        });
      }
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    await phone.evaluate((address: string) => {
      const ten = Array.from({ length: 10 }, () => wx.request({ url: `${address}/never` }) as Promise<object> & Task);
      Object.assign(getApp(), { ten, ends: Promise.all(ten.map((task) => task.catch((error) => error))) });
    }, url);
    await eventually(
      'the ten',
      async () => asked,
      (count) => count === 10,
    );
    const [ends, quick] = await phone.evaluate(async (address: string) => {
      const { ten, ends: ended } = getApp();
      for (const task of ten) task.abort();
      const said = await ended;
      for (const task of ten) task.abort();
      return [said, (await wx.request({ url: `${address}/quick` })).data];
    }, url);
    expect(ends).toEqual(Array(10).fill({ errMsg: 'request:fail abort' }));
    expect(quick).toBe('here');
    await eventually(
      'the server',
      async () => left,
      (count) => count === 10,
    );
    server.close();
  });
});

describe('wx.checkSession', () => {
  it('says what WeChat says of her session, and fails without a line', async () => {
    expect(await call('checkSession')).toEqual({ errMsg: 'checkSession:ok' });
    session = 'checkSession:fail session time out, need relogin';
    expect(await call('checkSession')).toBe(session);
    session = 'checkSession:ok';
    await ask(phone, 'Host.setOnline', { online: false });
    expect(await call('checkSession')).toBe('checkSession:fail net::ERR_INTERNET_DISCONNECTED');
    await ask(phone, 'Host.setOnline', { online: true });
  });
});

describe('the picker of dates', () => {
  it('takes only days that there are', async () => {
    const page = await phone.currentPage();
    await (await page?.$('.day'))?.tap();
    await chooses(phone, 'picker', [0, 1, 27]);
    await eventually(
      'the day',
      async () => page?.data('day'),
      (day) => day === '2026-02-28',
    );
  });
});

describe('files of the phone', () => {
  it('are read, written, asked for and removed, and what is not there is an error', async () => {
    const said = await phone.evaluate(() => {
      const files = wx.getFileSystemManager();
      const own = `${wx.env.USER_DATA_PATH}/note.txt`;
      const fails = (what: () => unknown) => {
        try {
          return what();
        } catch (error) {
          return (error as Error).message;
        }
      };
      const read = files.readFileSync('words.txt', 'utf8');
      files.writeFileSync(own, '甲', 'utf8');
      const back = [files.readFileSync(own, 'utf8'), files.readFileSync(own, 'base64')];
      files.accessSync(own);
      files.unlinkSync(own);
      return [read, back, fails(() => files.readFileSync(own)), fails(() => files.writeFileSync('words.txt', 'x'))];
    });
    expect(said).toEqual([
      '你好',
      ['甲', '55Sy'],
      "readFileSync:fail no such file or directory, open 'http://usr/note.txt'",
      'writeFileSync:fail permission denied, open words.txt',
    ]);
  });

  it('a picture that was written can be measured and put into the album', async () => {
    const path = await phone.evaluate((red: string) => {
      const own = `${wx.env.USER_DATA_PATH}/red.png`;
      wx.getFileSystemManager().writeFileSync(own, red, 'base64');
      return own;
    }, RED);
    expect(await call('getImageInfo', { src: path })).toMatchObject({ width: 2, height: 3, type: 'png', path });
    expect(await call('saveImageToPhotosAlbum', { filePath: path })).toMatchObject({
      errMsg: 'saveImageToPhotosAlbum:ok',
    });
    expect(await call('getImageInfo', { src: '/pictures/100%.svg' })).toMatchObject({ width: 4, height: 6 });
    expect(await call('getImageInfo', { src: 'none.png' })).toBe('getImageInfo:fail image not found');
  });
});

describe('a poster on a canvas', () => {
  it('draws a picture and words, and gives a file', async () => {
    const drawn = await phone.evaluate(async () => {
      const [found] = (await new Promise((resolve) => {
        const query = (wx as unknown as { createSelectorQuery(): Query }).createSelectorQuery();
        query.select('#poster').fields({ node: true, size: true }).exec(resolve);
      })) as [{ node: Canvas; width: number; height: number }];
      const { node: canvas, width, height } = found;
      Object.assign(canvas, { width: width * 2, height: height * 2 });
      const image = canvas.createImage();
      await new Promise((resolve, reject) => {
        Object.assign(image, { onload: resolve, onerror: reject });
        image.src = 'http://usr/red.png';
      });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      pen.drawImage(image as unknown as CanvasImageSource, 0, 0, 10, 10);
      const { tempFilePath } = (await wx.canvasToTempFilePath({ canvas, width: 40, height: 20, destWidth: 20 })) as {
        tempFilePath: string;
      };
      return { point: [...pen.getImageData(5, 5, 1, 1).data], info: await wx.getImageInfo({ src: tempFilePath }) };
    });
    expect(drawn.point).toEqual([255, 0, 0, 255]);
    expect(drawn.info).toMatchObject({ width: 20, height: 20, type: 'png' });
  });
});

interface Query {
  select(selector: string): { fields(wanted: object): { exec(done: (found: never) => void): void } };
}
interface Canvas {
  createImage(): { src: string };
  getContext(type: string): unknown;
}
