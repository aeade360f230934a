import type { OrderDetail } from '@mall/shared/orders';
import { useRouter } from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import type { ApiProblem } from '../../../api/problem';
import { checkWechatReceipt, confirmReceipt, fetchWechatReceipt } from '../../../api/shop-endpoints';
import { confirm, say } from '../../../platform/feedback';
import { openReceiptPage } from '../../../platform/receipt';
import { type ReceiptOutcome, readOutcome } from '../../../platform/receipt-outcome';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';

const question = { title: '确认收货', content: '请确认商品已经拿到手，并且完好。', agree: '已收到' };
const thanks = () => say('已确认收货，谢谢您');

/**
 * R5.2: she confirms in WeChat's own page where it knows the parcel, so that the shop gets its money at once; else
 * here. Whatever the phone says of that page, the server asks WeChat.
 */
export function useReceipt(order: OrderDetail, query: Query<OrderDetail>, onProblem: (problem: ApiProblem) => void) {
  const { confirmResult } = useRouter().params;
  const waits = order.state === 'shipped';
  // Asked before the tap: WeChat opens its page only right after one.
  const page = useQuery(waits ? order.id : null, () => fetchWechatReceipt(order.id));

  const here = async () => {
    if (!(await confirm(question))) return;
    query.replace(await confirmReceipt(order.id));
    thanks();
  };
  const settle = async (outcome: ReceiptOutcome) => {
    if (outcome === 'left' || outcome === 'cancel') return;
    if (outcome === 'unavailable') return here();
    const { received } = await checkWechatReceipt(order.id);
    if (received) {
      await query.reload();
      thanks();
    } else if (outcome === 'success') {
      say('微信还在处理，稍后这里会更新');
    } else if (outcome === 'fail') {
      await here();
    }
  };
  const receive = useAction(async () => {
    // A quick thumb is there first; and what could not be known leaves her the mall's own button.
    const known = page.data ?? (await fetchWechatReceipt(order.id).catch(() => null));
    const component = known?.component ?? null;
    await settle(component === null ? 'unavailable' : await openReceiptPage(component, order.id));
  }, onProblem);

  // The browser's demo comes back to this page anew.
  const brought = useRef(waits && confirmResult !== undefined ? readOutcome(confirmResult) : null);
  const settled = useAction(async () => {
    const outcome = brought.current;
    brought.current = null;
    if (outcome !== null) await settle(outcome);
  }, onProblem);
  const { run } = settled;
  useEffect(() => {
    if (brought.current !== null) run();
  }, [run]);
  return { busy: receive.busy || settled.busy, run: receive.run };
}
