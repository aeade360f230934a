import Taro from '@tarojs/taro';
import { isTab, type ParamsOf, pathTo, type RouteName } from '../routes';

type Rest<N extends RouteName> =
  Record<string, never> extends ParamsOf<N> ? [params?: ParamsOf<N>] : [params: ParamsOf<N>];

/** WeChat holds ten pages at most; from nine on the next page takes the place of the last. */
const DEEPEST = 9;

/** Opens a page: tabs are switched to, the others are put on the stack. */
export function go<N extends RouteName>(name: N, ...rest: Rest<N>): void {
  const url = pathTo(name, rest[0] as Record<string, string | undefined> | undefined);
  if (isTab(name)) void Taro.switchTab({ url });
  else if (Taro.getCurrentPages().length >= DEEPEST) void Taro.redirectTo({ url });
  else void Taro.navigateTo({ url });
}

/** Opens a page in the place of the present one, so that "back" does not return to it. */
export function replaceWith<N extends RouteName>(name: N, ...rest: Rest<N>): void {
  const url = pathTo(name, rest[0] as Record<string, string | undefined> | undefined);
  if (isTab(name)) void Taro.switchTab({ url });
  else void Taro.redirectTo({ url });
}

/** One page back, or home when this is the first page (opened from a card or a code). */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.switchTab({ url: pathTo('home') });
}
