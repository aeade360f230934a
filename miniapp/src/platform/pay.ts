import type { PaymentParams } from '@mall/shared/orders';
import Taro from '@tarojs/taro';

/** `closed`: WeChat's window is gone, and only the server knows what happened. `left`: another page took over. */
export type PayOutcome = 'closed' | 'cancelled' | 'left';

/** Opens WeChat's payment window. Never throws: whatever the phone says, the server is asked afterwards (R7.5). */
export function pay(params: PaymentParams, _orderId: string): Promise<PayOutcome> {
  return new Promise((resolve) => {
    // Taro 4.2.1 does not make a promise of this one by itself.
    void Taro.requestPayment({
      timeStamp: params.timeStamp,
      nonceStr: params.nonceStr,
      package: params.package,
      signType: params.signType,
      paySign: params.paySign,
      success: () => resolve('closed'),
      fail: (failure) => resolve(/cancel/.test(failure.errMsg) ? 'cancelled' : 'closed'),
    });
  });
}
