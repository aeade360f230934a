import type { WechatReceipt } from '@mall/shared/shipping';
import { type ReceiptOutcome, readOutcome } from './receipt-outcome';

export type ReceiptPage = NonNullable<WechatReceipt['component']>;

interface Shown {
  referrerInfo?: { appId?: string; extraData?: { status?: unknown } };
}

interface OpenBusinessView {
  businessType: 'weappOrderConfirm';
  extraData: Record<string, string>;
  fail: (failure: { errMsg?: string }) => void;
}

/** Not in Taro's API in this form, which is why `wx` itself is asked. */
declare const wx:
  | {
      openBusinessView?: (options: OpenBusinessView) => void;
      onAppShow: (listener: (shown: Shown) => void) => void;
      offAppShow: (listener: (shown: Shown) => void) => void;
    }
  | undefined;

/** WeChat's own mini-program, in which she confirms. */
const RECEIPT_APP = 'wx1183b055aeec94d1';

function outcomeOf({ referrerInfo }: Shown): ReceiptOutcome {
  return referrerInfo?.appId === RECEIPT_APP ? readOutcome(referrerInfo.extraData?.status) : 'unknown';
}

/** Opens WeChat's receipt page (base library 2.6.0) and waits until she is back in the shop. Never throws. */
export function openReceiptPage(page: ReceiptPage, _orderId: string): Promise<ReceiptOutcome> {
  return new Promise((resolve) => {
    if (typeof wx === 'undefined' || wx.openBusinessView === undefined) {
      resolve('unavailable');
      return;
    }
    const { onAppShow, offAppShow } = wx;
    const back = (shown: Shown) => {
      offAppShow(back);
      resolve(outcomeOf(shown));
    };
    onAppShow(back);
    wx.openBusinessView({
      businessType: 'weappOrderConfirm',
      extraData:
        page.transactionId === null
          ? { merchant_id: page.merchantId, merchant_trade_no: page.merchantTradeNo }
          : { transaction_id: page.transactionId },
      fail: ({ errMsg = '' }) => {
        offAppShow(back);
        resolve(/cancel/.test(errMsg) ? 'cancel' : 'unavailable');
      },
    });
  });
}
