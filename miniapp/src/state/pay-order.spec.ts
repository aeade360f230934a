import Taro from '@tarojs/taro';
import { payOrder, waitForPayment } from './pay-order';
import { api } from './session';

const call = jest.spyOn(api, 'call');
const params = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=p', signType: 'RSA', paySign: 's', prepayId: 'p' };
const status = (paid: boolean) => ({ orderId: 'ord_1', orderState: paid ? 'paid' : 'created', paid });

type Callbacks = { success: () => void; fail: (failure: { errMsg: string }) => void };
const phoneSays = (answer: (callbacks: Callbacks) => void) =>
  jest.mocked(Taro.requestPayment).mockImplementation(((options: Callbacks) => answer(options)) as never);

describe('paying (R7.5: the phone is not believed)', () => {
  beforeEach(() => {
    call.mockReset();
    jest.mocked(Taro.redirectTo).mockClear();
  });

  it('goes to the result page, which asks the server, when the phone says success', async () => {
    call.mockResolvedValue(params);
    phoneSays((callbacks) => callbacks.success());
    await payOrder('ord_1');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/packages/shop/pay-result/index?orderId=ord_1' });
  });

  it('asks the server as well when the phone reports an error: money may have moved', async () => {
    call.mockResolvedValue(params);
    phoneSays((callbacks) => callbacks.fail({ errMsg: 'requestPayment:fail system error' }));
    await payOrder('ord_1');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/packages/shop/pay-result/index?orderId=ord_1' });
  });

  it('goes to the order, where she can pay again, when she closed the window', async () => {
    call.mockResolvedValue(params);
    phoneSays((callbacks) => callbacks.fail({ errMsg: 'requestPayment:fail cancel' }));
    await payOrder('ord_1');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/packages/shop/order/index?id=ord_1' });
  });

  it('asks until the server knows of the payment', async () => {
    call
      .mockResolvedValueOnce(status(false))
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValueOnce(status(true));
    await expect(waitForPayment('ord_1', () => false, { tries: 5, every: 0 })).resolves.toBe(true);
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('says not paid when the server has heard of nothing, and stops when the page is left', async () => {
    call.mockResolvedValue(status(false));
    await expect(waitForPayment('ord_1', () => false, { tries: 3, every: 0 })).resolves.toBe(false);
    expect(call).toHaveBeenCalledTimes(3);
    await waitForPayment('ord_1', () => true);
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('does not call an unanswered question unpaid', async () => {
    call.mockRejectedValue(new Error('down'));
    await expect(waitForPayment('ord_1', () => false, { tries: 2, every: 0 })).rejects.toThrow('down');
  });
});
