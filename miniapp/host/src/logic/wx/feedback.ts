import { pictureAddress } from '../picture-address.js';
import { type Api, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

const TOAST_MS = 1500;
const MOST_ITEMS = 6;

export function feedback({ shell, router, faults, session, gesture, options: { rewrites } }: WxContext): Api {
  const badge = (options: CallOptions, words: string | null) => shell.setBadge(Number(options.index), words);
  return answeringAll(faults, {
    showToast: (options) => shell.toast(textIn(options, 'title'), Number(options.duration ?? TOAST_MS)),
    hideToast: () => shell.hideToast(),
    showLoading: (options) => shell.toast(textIn(options, 'title'), null),
    hideLoading: () => shell.hideToast(),
    showModal: async (options) => {
      const { accepted, choice } = await shell.dialogs.modal({
        title: textIn(options, 'title'),
        content: textIn(options, 'content'),
        confirmText: textIn(options, 'confirmText', '确定'),
        cancelText: textIn(options, 'cancelText', '取消'),
        showCancel: options.showCancel !== false,
        editable: options.editable === true,
        placeholder: textIn(options, 'placeholderText'),
      });
      gesture.begin();
      const content = options.editable === true && accepted ? { content: String(choice ?? '') } : {};
      return { confirm: accepted, cancel: !accepted, ...content };
    },
    showActionSheet: async ({ itemList }) => {
      const items = (itemList ?? []) as string[];
      if (items.length === 0 || items.length > MOST_ITEMS) throw new Refusal('parameter error: itemList');
      const { accepted, choice } = await shell.dialogs.sheet(items);
      if (!accepted) throw new Refusal('cancel');
      gesture.begin();
      return { tapIndex: Number(choice) };
    },
    setNavigationBarTitle: (options) => {
      const page = router.top;
      if (page === undefined) return;
      page.title = textIn(options, 'title');
      shell.setTitle(page.title);
    },
    setNavigationBarColor: () => undefined,
    showNavigationBarLoading: () => undefined,
    hideNavigationBarLoading: () => undefined,
    setTabBarBadge: (options) => badge(options, textIn(options, 'text')),
    removeTabBarBadge: (options) => badge(options, null),
    showTabBarRedDot: (options) => badge(options, '•'),
    hideTabBarRedDot: (options) => badge(options, null),
    previewImage: ({ urls, current }) => {
      const pictures = Array.isArray(urls) ? urls.map(String) : [];
      if (pictures.length === 0) throw new Refusal('parameter error: parameter.urls should have at least 1 item');
      // The picture to begin with, by its address or, since 2.9, by its number.
      const first = typeof current === 'number' ? current : pictures.indexOf(String(current ?? ''));
      const addresses = pictures.map((source) => pictureAddress(source, rewrites));
      void shell.dialogs.preview(addresses, Math.min(Math.max(first, 0), pictures.length - 1));
    },
    vibrateShort: () => undefined,
    vibrateLong: () => undefined,
    setClipboardData: (options) => {
      session.clipboard = textIn(options, 'data');
      shell.toast('内容已复制', TOAST_MS);
    },
    getClipboardData: () => ({ data: session.clipboard }),
  });
}
