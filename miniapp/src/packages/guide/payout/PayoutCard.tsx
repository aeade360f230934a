import type { Payout, PayoutTransfer } from '@mall/shared/payouts';
import { Text, View } from '@tarojs/components';
import { cancelPayout, checkTransfer, fetchConfirmation } from '../../../api/guide-endpoints';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { shortMomentText } from '../../../platform/clock';
import { confirm, say } from '../../../platform/feedback';
import { confirmTransfer } from '../../../platform/transfer';
import { useAction } from '../../../state/use-action';
import { yuanText } from '../../../theme/price';
import { canCancel, refusalText, stateTextOf, timeTextOf } from './payout-words';

interface Props {
  payout: Payout;
  onChange: () => Promise<void>;
}

/** One bill to WeChat, which she confirms on a page of WeChat's. */
function TransferRow({ transfer, onChange }: { transfer: PayoutTransfer } & Omit<Props, 'payout'>) {
  const waiting = transfer.state === 'waiting' && transfer.phase === 'confirm';
  const take = useAction(
    async () => {
      const outcome = await confirmTransfer(await fetchConfirmation(transfer.id));
      if (outcome === 'too_old') return say('微信版本较旧，请更新微信后再确认收款');
      if (outcome === 'left') return;
      await checkTransfer(transfer.id);
      await onChange();
    },
    (problem) => {
      say(refusalText(problem));
      void onChange();
    },
  );
  return (
    <View className={`transfer transfer--${transfer.state}`}>
      <View className="transfer__text">
        <Text>{yuanText(transfer.amountFen)}</Text>
        <Text className="payout__weak">
          {transfer.failReason === null ? transfer.stateText : `${transfer.stateText}：${transfer.failReason}`}
        </Text>
        {timeTextOf(transfer) === null ? null : <Text className="payout__weak">{timeTextOf(transfer)}</Text>}
      </View>
      {waiting ? (
        <Press className="transfer__take button button--quiet" busy={take.busy} onPress={take.run}>
          确认收款
        </Press>
      ) : null}
    </View>
  );
}

/** What became of one request: gross, tax and net, what it waits for, and each transfer. */
export function PayoutCard({ payout, onChange }: Props) {
  const cancel = useAction(
    async () => {
      const agreed = await confirm({ title: '撤回提现', content: '钱会退回可提现，之后可以再申请。', agree: '撤回' });
      if (!agreed) return;
      await cancelPayout(payout.id);
      say('已撤回');
      await onChange();
    },
    (problem) => {
      say(refusalText(problem));
      void onChange();
    },
  );
  // One transfer that went through says nothing that the request does not say.
  const [first, ...others] = payout.transfers;
  const told = others.length === 0 && first?.state === 'succeeded' ? [] : payout.transfers;
  return (
    <View className={`card payout payout--${payout.state}`}>
      <View className="payout__head">
        <Price amount={payout.amountFen} size="small" plain />
        <Text className="payout__state">{stateTextOf(payout)}</Text>
      </View>
      <Text className="payout__weak">
        {payout.doneAt === null
          ? `${shortMomentText(payout.requestedAt)} 申请`
          : `${shortMomentText(payout.requestedAt)} 申请，${shortMomentText(payout.doneAt)} 完成`}
      </Text>
      {payout.taxFen > 0 ? (
        <Text className="payout__weak">{`扣税 ${yuanText(payout.taxFen)}，到手 ${yuanText(payout.netFen)}`}</Text>
      ) : null}
      {payout.decisionReason === null ? null : (
        <Text className="payout__reason">{`总部：${payout.decisionReason}`}</Text>
      )}
      {payout.waitsFor === null || payout.transfers.some(({ state }) => state === 'waiting') ? null : (
        <Text className="payout__waits">{payout.waitsFor}</Text>
      )}
      {told.map((transfer) => (
        <TransferRow key={transfer.id} transfer={transfer} onChange={onChange} />
      ))}
      {canCancel(payout) ? (
        <Press className="payout__cancel" busy={cancel.busy} onPress={cancel.run}>
          撤回
        </Press>
      ) : null}
    </View>
  );
}
