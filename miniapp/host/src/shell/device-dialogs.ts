import type { Dialogs } from './dialogs.js';
import { button, make } from './dom.js';

/** Scopes by their name with what she allows. */
export type Scopes = Record<string, boolean>;

const SCOPE_WORDS: Record<string, string> = {
  'scope.userLocation': '位置信息',
  'scope.userFuzzyLocation': '模糊位置信息',
  'scope.writePhotosAlbum': '添加到相册',
  'scope.camera': '摄像头',
  'scope.record': '麦克风',
  'scope.bluetooth': '蓝牙',
  'scope.addPhoneContact': '添加到联系人',
  'scope.addPhoneCalendar': '添加到日历',
  'scope.werun': '微信运动步数',
};

/** WeChat's page of what this mini-program may; only what it has asked for stands there. */
export async function settingsPage(dialogs: Dialogs, scopes: Scopes): Promise<Scopes> {
  const chosen = { ...scopes };
  const { choice } = await dialogs.ask('settings', (answer) => {
    const rows = Object.keys(chosen).map((scope) => {
      const words = () => `${SCOPE_WORDS[scope] ?? scope}：${chosen[scope] ? '允许' : '不允许'}`;
      const row = button(words(), { 'data-scope': scope }, () => {
        chosen[scope] = !chosen[scope];
        row.textContent = words();
      });
      return row;
    });
    const hint = make('p', {}, rows.length > 0 ? '允许此小程序使用' : '此小程序未请求使用任何信息');
    const back = button('返回', { class: 'no' }, () => answer({ accepted: true, choice: chosen }));
    return make('div', { class: 'sheet' }, hint, ...rows, back);
  });
  // Who answers for her may name only what she changes.
  return { ...chosen, ...(choice as Scopes | undefined) };
}

/** Which messages WeChat may bring her: her word for each template. */
export async function messageQuestion(dialogs: Dialogs, templates: string[]): Promise<Record<string, string>> {
  const { accepted, choice } = await dialogs.ask('authorization', (answer) => {
    const boxes = templates.map((id) => make('input', { type: 'checkbox', 'data-template': id, checked: '' }));
    const rows = boxes.map((box, at) => make('label', {}, box, templates[at]));
    const chosen = () => boxes.map((box, at) => [templates[at], box.checked ? 'accept' : 'reject']);
    const yes = button('允许', { class: 'yes' }, () =>
      answer({ accepted: true, choice: Object.fromEntries(chosen()) }),
    );
    const no = button('拒绝', { class: 'no' }, () => answer({ accepted: false }));
    const row = make('div', { class: 'row' }, no, yes);
    return make('div', { class: 'box' }, make('h3', {}, '允许发送订阅消息'), ...rows, row);
  });
  // Who answers for her may name only some of them, and `ban`, which WeChat says and not she.
  const named = (choice ?? {}) as Record<string, string>;
  return Object.fromEntries(templates.map((id) => [id, named[id] ?? (accepted ? 'accept' : 'reject')]));
}

/** The camera: here she writes what the code before it says. Null when she goes back. */
export async function camera(dialogs: Dialogs): Promise<string | null> {
  const { accepted, choice } = await dialogs.ask('scan', (answer) => {
    const field = make('input', { type: 'text', placeholder: '码里的内容，或小程序码的路径' });
    const yes = button('扫描', { class: 'yes' }, () => answer({ accepted: true, choice: field.value }));
    const no = button('返回', { class: 'no' }, () => answer({ accepted: false }));
    return make('div', { class: 'box' }, make('h3', {}, '扫一扫'), field, make('div', { class: 'row' }, no, yes));
  });
  return accepted ? String(choice ?? '') : null;
}
