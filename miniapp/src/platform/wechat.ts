import Taro from '@tarojs/taro';

/** A login code of this person; valid five minutes, once. Throws when WeChat gives none. */
export async function loginCode(): Promise<string> {
  const { code } = await Taro.login({ timeout: 10_000 });
  if (!code) throw new Error('wx.login gave no code');
  return code;
}
