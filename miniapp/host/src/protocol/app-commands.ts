import { overTheBridge } from '../logic/data-path.js';
import type { LivePage } from '../logic/pages.js';
import type { Runtime } from '../logic/runtime.js';
import type { CallOptions } from '../logic/wx/answer.js';
import { type CommandTable, list, type Params, text } from './params.js';

type Call = (...args: unknown[]) => unknown;

const described = ({ id, path, query }: LivePage) => ({ pageId: id, path, query });
const isSync = (name: string) => /Sync$|^(get(Window|AppBase|Device)Info|canIUse|getMenuButton\w+)$/.test(name);
const isRefusal = (value: unknown) => /:fail/.test(String((value as { errMsg?: string } | null)?.errMsg ?? ''));

/** Calls `wx.<name>` and waits for its answer, whatever its form. */
function callWx(runtime: Runtime, name: string, args: unknown[]): unknown {
  const call = runtime.wx[name] as Call | undefined;
  if (typeof call !== 'function') throw new Error(`wx.${name} not exists`);
  if (isSync(name)) return call(...args);
  return new Promise((resolve, reject) => {
    const fail = ({ errMsg }: { errMsg: string }) => reject(new Error(errMsg));
    call({ ...(args[0] as object | undefined), success: resolve, fail });
  });
}

/** Answers a mocked call in the form in which it was made. */
function settle(options: CallOptions | undefined, value: unknown): Promise<unknown> | undefined {
  const bad = isRefusal(value);
  const { success, fail, complete } = options ?? {};
  if (!success && !fail && !complete) return bad ? Promise.reject(value) : Promise.resolve(value);
  setTimeout(() => {
    (bad ? fail : success)?.(value as object);
    complete?.(value as object);
  });
  return undefined;
}

function mockOf(runtime: Runtime, name: string, params: Params): Call {
  const { functionDeclaration, result } = params;
  const original = runtime.originalWx[name] as Call;
  const task = { abort: () => undefined };
  if (typeof functionDeclaration !== 'string') {
    return (options) => {
      if (isSync(name)) return overTheBridge(result);
      const settled = settle(options as CallOptions, overTheBridge(result));
      return name === 'request' ? Object.assign(settled ?? {}, task) : settled;
    };
  }
  const origin = (asked: object) => {
    if (isSync(name)) return original(asked);
    return new Promise((resolve, reject) => void original({ ...asked, success: resolve, fail: reject }));
  };
  const call = `function (origin, args) { return (${functionDeclaration}).apply({ origin }, args) }`;
  return (options, ...rest) => {
    const given = runtime.loader.call(call, [origin, [options, ...rest, ...list(params, 'args')]]);
    if (isSync(name)) return given;
    const later = Promise.resolve(given).then((value) => settle(options as CallOptions, value));
    return name === 'request' ? Object.assign(later, task) : later;
  };
}

function refusePlugin({ pluginId }: Params): void {
  if (pluginId !== undefined) throw new Error('plugins are not implemented by this host');
}

export function appCommands(runtime: Runtime): CommandTable {
  const { router, wx, originalWx, loader, context } = runtime;
  return {
    'App.getCurrentPage': async () => {
      await router.settled();
      if (router.top === undefined) throw new Error('there is no page');
      return described(router.top);
    },
    'App.getPageStack': async () => {
      await router.settled();
      return { pageStack: router.stack.map(described) };
    },
    'App.callWxMethod': async (params) => {
      refusePlugin(params);
      const result = await callWx(runtime, text(params, 'method'), list(params, 'args'));
      await router.settled();
      return { result: overTheBridge(result) };
    },
    'App.mockWxMethod': (params) => {
      refusePlugin(params);
      const name = text(params, 'method');
      if (!(name in originalWx)) throw new Error(`wx.${name} not exists`);
      const isRestore = params.functionDeclaration === undefined && params.result === undefined;
      wx[name] = isRestore ? originalWx[name] : mockOf(runtime, name, params);
    },
    'App.callFunction': async (params) => ({
      result: overTheBridge(await loader.call(text(params, 'functionDeclaration'), list(params, 'args'))),
    }),
    'App.addBinding': (params) => {
      const name = text(params, 'name');
      loader.global[name] = (...args: unknown[]) => {
        context.bridge.emit('App.bindingCalled', { name, args: overTheBridge(args) });
      };
    },
    'App.enableLog': () => undefined,
    'Tool.native': (params) => native(runtime, text(params, 'method'), params.data),
  };
}

/** What lies outside the mini-program: WeChat's own dialogs and bars. */
async function native(runtime: Runtime, method: string, data: unknown): Promise<void> {
  const { router, shell, wx, context } = runtime;
  const kinds: Record<string, [string[], boolean]> = {
    confirmModal: [['modal'], true],
    cancelModal: [['modal', 'sheet', 'preview'], false],
    authorizeAllow: [['authorization'], true],
    authorizeCancel: [['authorization'], false],
    shareConfirm: [['share'], true],
    shareCancel: [['share'], false],
    closePaymentDialog: [['payment', 'page'], false],
  };
  const answer = kinds[method];
  if (answer !== undefined) {
    const { open } = shell.dialogs;
    const [wanted, isYes] = answer;
    if (open === null || !wanted.includes(open.kind)) {
      throw new Error(`${method}: there is no ${wanted.join(' or ')}${open === null ? '' : `, but a ${open.kind}`}`);
    }
    if (isYes) open.accept();
    else open.cancel();
    return;
  }
  if (method === 'navigateLeft') await router.navigateBack();
  else if (method === 'goHome') await router.reLaunch(`/${context.project.app.pages[0]}`);
  else if (method === 'switchTab') await (wx.switchTab as Call)({ url: (data as { url: string }).url });
  else throw new Error(`native ${method} is not implemented by this host`);
}
