import Taro from '@tarojs/taro';

/** A short sentence that goes away by itself. */
export function say(sentence: string): void {
  void Taro.showToast({ title: sentence, icon: 'none', duration: 2200 });
}

/** Asks before something that can't be taken back; true when she agrees. */
export async function confirm(question: { title: string; content: string; agree: string }): Promise<boolean> {
  // In a browser a sentence that is still up would lie over the question.
  Taro.hideToast();
  const answer = await Taro.showModal({
    title: question.title,
    content: question.content,
    confirmText: question.agree,
    cancelText: '再想想',
    confirmColor: '#C8471F',
  });
  return answer.confirm;
}

export function setTitle(title: string): void {
  void Taro.setNavigationBarTitle({ title });
}

export function stopPullDown(): void {
  Taro.stopPullDownRefresh();
}
