import Taro from '@tarojs/taro';
import { readAnswer, type SubscribeAnswer } from './subscribe-answer';

/**
 * WeChat's window in which she allows messages. Call it in a tap or when paying ended, before anything is waited for.
 * Never throws.
 */
export async function askToSubscribe(templateIds: readonly string[]): Promise<SubscribeAnswer> {
  try {
    // Taro's types want an id of Alipay's beside.
    const options = { tmplIds: [...templateIds] } as Parameters<typeof Taro.requestSubscribeMessage>[0];
    return readAnswer(await Taro.requestSubscribeMessage(options), templateIds);
  } catch (failure) {
    return readAnswer(failure, templateIds);
  }
}
