import Taro from '@tarojs/taro';
import { readAnswer, type SubscribeAnswer } from './subscribe-answer';
import { askDevice } from './wechat.h5';

/** The window in the browser, the answer at the emulator. */
export async function askToSubscribe(templateIds: readonly string[]): Promise<SubscribeAnswer> {
  const { confirm } = await Taro.showModal({
    title: '订阅消息（模拟）',
    content: `拾光里 想给您发送 ${templateIds.length} 种消息`,
    confirmText: '允许',
    cancelText: '取消',
  });
  const outcome = confirm ? 'accept' : 'reject';
  const choices = Object.fromEntries(templateIds.map((templateId) => [templateId, outcome]));
  try {
    return readAnswer(await askDevice('subscribe', { tmplIds: templateIds, choices }), templateIds);
  } catch {
    return { kind: 'failed' };
  }
}
