/** Taro without a phone: storage in memory, every other call a jest mock. */
import { useEffect, useRef } from 'react';

export const storage = new Map<string, unknown>();
export const routerParams: Record<string, string> = {};

const Taro = {
  request: jest.fn(
    async (_options: unknown): Promise<{ statusCode: number; data: string }> => ({ statusCode: 200, data: '{}' }),
  ),
  login: jest.fn(async () => ({ code: 'login-code' })),
  requestPayment: jest.fn(),
  getStorageSync: jest.fn((key: string): unknown => storage.get(key) ?? ''),
  setStorageSync: jest.fn((key: string, value: unknown) => void storage.set(key, value)),
  removeStorageSync: jest.fn((key: string) => void storage.delete(key)),
  navigateTo: jest.fn(async () => undefined),
  redirectTo: jest.fn(async () => undefined),
  switchTab: jest.fn(async () => undefined),
  navigateBack: jest.fn(async () => undefined),
  getCurrentPages: jest.fn(() => [{}]),
  showToast: jest.fn(async () => undefined),
  hideToast: jest.fn(),
  showModal: jest.fn(async () => ({ confirm: true })),
  setNavigationBarTitle: jest.fn(async () => undefined),
  stopPullDownRefresh: jest.fn(),
  requestSubscribeMessage: jest.fn(async (_options: unknown): Promise<unknown> => ({ errMsg: 'ok' })),
  setClipboardData: jest.fn(async () => undefined),
  downloadFile: jest.fn(async (_options: { url: string }) => ({
    statusCode: 200,
    tempFilePath: 'wxfile://tmp/picture',
  })),
  getFileSystemManager: jest.fn(() => ({ readFileSync: (_file: string) => '' })),
  previewImage: jest.fn(async () => undefined),
  openSetting: jest.fn(async (): Promise<{ authSetting: Record<string, boolean> }> => ({ authSetting: {} })),
  saveImageToPhotosAlbum: jest.fn(async (_options: { filePath: string }) => undefined),
};
export default Taro;

/** Runs once, as the first onShow of a page does. */
function useOnce(work: () => void): void {
  const first = useRef(work);
  useEffect(() => {
    first.current();
  }, []);
}

export const useRouter = () => ({ params: routerParams });
export const useDidShow = useOnce;
export const useLaunch = useOnce;
/** Of the page that was drawn last. */
export const pageEvents: { hide: () => void } = { hide: () => undefined };
export const useDidHide = (work: () => void): void => {
  pageEvents.hide = work;
};
export const usePullDownRefresh = () => undefined;
export const useReachBottom = () => undefined;
/** What the page that was drawn last gives WeChat for a card. */
export const cardOf: { share: () => unknown } = { share: () => undefined };
export const useShareAppMessage = (make: () => unknown): void => {
  cardOf.share = make;
};
