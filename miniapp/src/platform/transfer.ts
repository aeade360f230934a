import type { TransferConfirmation } from '@mall/shared/payouts';

/**
 * `closed`: WeChat's page was shown and is gone, and only the server knows what happened. `left`: another page took
 * over. `too_old`: this WeChat has no such page.
 */
export type ConfirmOutcome = 'closed' | 'left' | 'too_old';

type Ask = (options: TransferConfirmation & { complete: () => void }) => void;

/** Not in Taro's API, which is why `wx` itself is asked; it has no promise form. */
declare const wx: { requestMerchantTransfer?: Ask } | undefined;

/** Opens WeChat's page on which the payee confirms a transfer (base library 3.3.0). Never throws. */
export function confirmTransfer({ mchId, appId, package: packageInfo, openId }: TransferConfirmation) {
  return new Promise<ConfirmOutcome>((resolve) => {
    if (typeof wx === 'undefined' || wx.requestMerchantTransfer === undefined) {
      resolve('too_old');
      return;
    }
    wx.requestMerchantTransfer({ mchId, appId, package: packageInfo, openId, complete: () => resolve('closed') });
  });
}
