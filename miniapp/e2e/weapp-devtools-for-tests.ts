import { existsSync } from 'node:fs';
import { join } from 'node:path';
import automator from 'miniprogram-automator';
import { freePort } from '../../server/tools/journey/free-port.js';
import { StageCannot } from './weapp-stage-cannot-for-tests.js';
import type { Met, Opening, StagedPhone, Surroundings } from './weapp-stage-for-tests.js';

type MiniProgram = StagedPhone['mini'];

const LAUNCH_MS = 60_000;
const ROOT = process.cwd();

/** Why a step can't be done in WeChat's own tools; what is not named here is the host's alone. */
const REASONS: Partial<Record<keyof Surroundings, string>> = {
  enters: 'the SDK has no way to put the mini-program into the background and open it again',
  pressesOnPlatform: "WeChat's own pages (cashier, receipt, transfer) can't be touched through the SDK",
  goesOffline: 'the SDK has no switch for the network of DevTools',
  chooses: "the SDK answers WeChat's dialogs with yes or no only",
  state: "the SDK does not read WeChat's title, toast and dialogs",
  report: 'requests and setData are counted by the weapp host only',
};

/** What WeChat's own commands of the SDK answer; whether such a dialog is there can't be asked. */
const ANSWERED_BY_NATIVE = new Set(['modal', 'sheet', 'preview', 'authorization', 'share']);

function cannot(name: string): never {
  throw new StageCannot(REASONS[name as keyof Surroundings] ?? `“${name}” is a command of the weapp host only`);
}

function surroundings(): Surroundings {
  const own: Partial<Surroundings> = {
    showsDialog: async (kind) => ANSWERED_BY_NATIVE.has(kind) || cannot('pressesOnPlatform'),
  };
  return new Proxy(own as Surroundings, {
    get: (known, name) => known[name as keyof Surroundings] ?? (async () => cannot(String(name))),
  });
}

/** Accounts of DevTools in the order in which phones took them: the first phone is the one that is signed in. */
const taken: string[] = [];
const open = new Set<MiniProgram>();

/** A second phone at the same time needs a second account, which somebody has added to DevTools by hand. */
async function accountOfNextPhone(): Promise<string | undefined> {
  const [first] = open;
  if (first === undefined) return undefined;
  const accounts = await first.testAccounts().catch(() => []);
  const free = (accounts as { openid: string }[]).find(({ openid }) => !taken.includes(openid));
  if (free === undefined) {
    throw new StageCannot(
      `${open.size} phone(s) are open and DevTools has no further test account: add one under 工具 → 多账号调试`,
    );
  }
  taken.push(free.openid);
  return free.openid;
}

/** The SDK tells errors as they come and none of before; the page that is asked for opens only now. */
function listensTo(mini: MiniProgram): Met {
  const met: Met = { faults: [], consoleErrors: [] };
  mini.on('exception', ({ exception }: { exception: Met['faults'][number] }) => met.faults.push(exception));
  mini.on('console', ({ type, args }: { type: string; args: unknown[] }) => {
    if (type === 'error') met.consoleErrors.push(args);
  });
  return met;
}

/** WeChat's code would be worth nothing to a server that asks the emulator: the emulator gives this one. */
async function signInAtEmulator(mini: MiniProgram, emulatorUrl: string, persona: string): Promise<void> {
  await mini.mockWxMethod(
    'login',
    `function (_asked, url, persona) {
      return new Promise(function (resolve) {
        wx.request({
          url: url, method: 'POST', data: { persona: persona },
          success: function (said) { resolve({ code: said.data.code, errMsg: 'login:ok' }); },
          fail: function () { resolve({ errMsg: 'login:fail the emulator does not answer' }); },
        });
      });
    }` as never,
    `${emulatorUrl}/device/login-code`,
    persona,
  );
  // Who opened it before was somebody else.
  await mini.callWxMethod('clearStorageSync');
}

/**
 * A phone in WeChat DevTools, or in whatever answers to its command line. Signing in is mocked, as the SDK's manual
 * advises; the scene is told to `App.onShow`, because a card can't be tapped.
 */
export async function openOnDevTools(cliPath: string, opening: Opening): Promise<StagedPhone> {
  const { persona, mall, path = 'pages/home/index', scene } = opening;
  if (!existsSync(cliPath)) throw new Error(`WEAPP_CLI: there is no ${cliPath}`);
  const account = await accountOfNextPhone();
  const mini = await automator.launch({
    cliPath,
    // Ours has the settings of DevTools beside the sources: project.config.json leads to the build.
    projectPath: opening.project ?? process.env.WEAPP_DIST_DIR ?? join(ROOT, 'miniapp'),
    port: await freePort(),
    timeout: LAUNCH_MS,
    trustProject: true,
    ...(account !== undefined && { account }),
  });
  const met = listensTo(mini);
  open.add(mini);
  if (mall !== undefined) await signInAtEmulator(mini, mall.emulatorUrl, persona);
  await mini.callWxMethod('reLaunch', { url: path.startsWith('/') ? path : `/${path}` });
  if (scene !== undefined) {
    const [page = '', query = ''] = path.replace(/^\//, '').split('?');
    const told = { path: page, query: Object.fromEntries(new URLSearchParams(query)), scene, referrerInfo: {} };
    await mini.evaluate('function (told) { getApp().onShow(told); }' as never, told);
  }
  return {
    mini,
    surroundings: surroundings(),
    met: async () => met,
    close: async () => {
      open.delete(mini);
      await mini.close();
    },
  };
}
