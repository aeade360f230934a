import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publish, releaseOf, requireReleasable } from './parts/weapp-release.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mall-release-'));
const keyFile = join(folder, 'upload.key');
writeFileSync(keyFile, '-----BEGIN RSA PRIVATE KEY-----\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WEAPP_UPLOAD_KEY_FILE: keyFile,
  MALL_API_BASE: 'https://mall.example.com/',
};
const args = ['--version', '1.2.3', '--desc', 'First', '--robot', '7'];

function faultsOf(changedArgs, change = {}) {
  try {
    releaseOf(changedArgs, { ...env, ...change });
    return [];
  } catch (error) {
    return error.message.split('\n');
  }
}

/** Notes what it was asked, as miniprogram-ci would be. */
function fakeCi() {
  const asked = [];
  return {
    asked,
    Project: class {
      constructor(options) {
        Object.assign(this, options);
      }
    },
    upload: async (options) => asked.push(['upload', options]),
    preview: async (options) => asked.push(['preview', options]),
  };
}

describe('a release of the mini-program', () => {
  it('takes version, description and robot', () => {
    expect(releaseOf(args, env)).toMatchObject({ version: '1.2.3', desc: 'First', robot: 7, preview: false });
    expect(releaseOf(args, env).apiBase).toBe('https://mall.example.com');
  });

  it.each([
    ['a version that is none', ['--version', '1.2', '--desc', 'x'], {}, '--version'],
    ['no description', ['--version', '1.2.3'], {}, '--desc'],
    ['a robot beyond 30', ['--version', '1.2.3', '--desc', 'x', '--robot', '31'], {}, '--robot'],
    ['an address without https', args, { MALL_API_BASE: 'http://mall.example.com' }, 'MALL_API_BASE'],
    ['an address of this machine', args, { MALL_API_BASE: 'https://127.0.0.1:3000' }, 'MALL_API_BASE'],
    ['no address', args, { MALL_API_BASE: undefined }, 'MALL_API_BASE'],
    ['no key', args, { WEAPP_UPLOAD_KEY_FILE: undefined }, 'WEAPP_UPLOAD_KEY_FILE'],
    ['a key file that is missing', args, { WEAPP_UPLOAD_KEY_FILE: join(folder, 'none') }, 'there is no file'],
    ['an AppID that is none', args, { WECHAT_APP_ID: 'demo' }, 'WECHAT_APP_ID'],
  ])('is refused with %s, in one sentence', (_, changedArgs, change, named) => {
    expect(faultsOf(changedArgs, change)).toEqual([expect.stringContaining(named)]);
  });

  it('is refused when the build talks to this machine or to another address', () => {
    const build = join(folder, 'build');
    mkdirSync(join(build, 'packages'), { recursive: true });
    const write = (text) => writeFileSync(join(build, 'packages', 'a.js'), text);
    write('const a="https://mall.example.com"');
    expect(() => requireReleasable(build, 'https://mall.example.com')).not.toThrow();
    expect(() => requireReleasable(build, 'https://other.example.com')).toThrow('another address');
    write('const a="https://mall.example.com",b="http://127.0.0.1:3100"');
    expect(() => requireReleasable(build, 'https://mall.example.com')).toThrow('address of this machine');
  });

  it('is uploaded as it was built', async () => {
    const ci = fakeCi();
    const said = await publish(ci, releaseOf(args, env), { folder, qrFile: 'qr.jpg', report: () => undefined });
    expect(ci.asked).toEqual([['upload', expect.objectContaining({ version: '1.2.3', desc: 'First', robot: 7 })]]);
    expect(ci.asked[0][1].project).toMatchObject({ appid: env.WECHAT_APP_ID, privateKeyPath: keyFile });
    expect(said).toContain('1.2.3');
  });

  it('is shown as a code with --preview, and not uploaded', async () => {
    const ci = fakeCi();
    await publish(ci, releaseOf(['--preview'], env), { folder, qrFile: 'qr.jpg', report: () => undefined });
    expect(ci.asked).toEqual([['preview', expect.objectContaining({ qrcodeOutputDest: 'qr.jpg' })]]);
  });
});
