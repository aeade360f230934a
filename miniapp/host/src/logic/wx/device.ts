import { PHONE, pageWindow } from '../../shell/phone.js';
import { type Api, answeringAll } from './answer.js';
import type { WxContext } from './context.js';
import { OWN_FOLDER } from './files.js';
import { LIBRARY } from './library.js';

const baseInfo = () => ({
  SDKVersion: LIBRARY,
  version: '8.0.50',
  language: 'zh_CN',
  theme: 'light',
  enableDebug: false,
  fontSizeSetting: 16,
  host: { env: 'WeChat' },
});
const deviceInfo = () => ({
  brand: 'devtools',
  model: 'iPhone 12',
  system: 'iOS 17.0',
  platform: 'devtools',
  benchmarkLevel: 40,
});

export function device({ faults, router, app, project, session }: WxContext): Api {
  const windowInfo = () => {
    const path = router.top?.path ?? project.app.pages[0];
    const config = project.configs[path] ?? {};
    const isCustom = (config.navigationStyle ?? project.app.window.navigationStyle) === 'custom';
    const { top, width, height } = pageWindow({ isTab: router.isTab(path), isCustom });
    const safe = { left: 0, right: PHONE.width, top: PHONE.statusBar, bottom: PHONE.height - PHONE.safeBottom };
    return {
      pixelRatio: PHONE.pixelRatio,
      screenWidth: PHONE.width,
      screenHeight: PHONE.height,
      windowWidth: width,
      windowHeight: height,
      statusBarHeight: PHONE.statusBar,
      screenTop: top,
      safeArea: { ...safe, width: PHONE.width, height: safe.bottom - safe.top },
    };
  };
  const systemInfo = () => ({ ...windowInfo(), ...baseInfo(), ...deviceInfo() });
  const silent = () => undefined;
  return {
    ...answeringAll(faults, {
      getSystemInfo: systemInfo,
      getSystemInfoAsync: systemInfo,
      getNetworkType: () => ({ networkType: session.online ? 'wifi' : 'none' }),
      reportEvent: silent,
    }),
    getWindowInfo: windowInfo,
    getAppBaseInfo: baseInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: systemInfo,
    getAccountInfoSync: () => ({ miniProgram: { appId: project.appId, envVersion: 'develop', version: '' } }),
    getMenuButtonBoundingClientRect: () => ({ width: 87, height: 32, left: 296, top: 53, right: 383, bottom: 85 }),
    getLaunchOptionsSync: () => app.launched,
    getEnterOptionsSync: () => app.entered,
    getUpdateManager: () => ({
      onCheckForUpdate: silent,
      onUpdateReady: silent,
      onUpdateFailed: silent,
      applyUpdate: silent,
    }),
    nextTick: (next: () => void) => void setTimeout(() => faults.guard(next)),
    env: { USER_DATA_PATH: OWN_FOLDER },
  };
}

const LISTENED = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'NetworkStatusChange',
  'ThemeChange',
  'WindowResize',
  'MemoryWarning',
  'KeyboardHeightChange',
];

/** `wx.onAppShow` and the like; the app's own two have a shorter name inside. */
export function listening({ app }: WxContext): Api {
  const pairs = LISTENED.flatMap((name) => {
    const inner = name.replace(/^App/, '');
    return [
      [`on${name}`, (listener: (said: unknown) => void) => app.listen(inner, listener)],
      [`off${name}`, (listener?: (said: unknown) => void) => app.unlisten(inner, listener)],
    ];
  });
  return Object.fromEntries(pairs);
}
