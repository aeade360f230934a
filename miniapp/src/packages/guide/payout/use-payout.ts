import { type Fen, formatYuan } from '@mall/shared/money';
import type { GuideBalance, PayeeName, PayoutInput } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { useState } from 'react';
import { fetchBalance, fetchPayeeName, fetchPayouts, requestPayout } from '../../../api/guide-endpoints';
import { type ApiProblem, ClientFault } from '../../../api/problem';
import { say } from '../../../platform/feedback';
import { pendingRequest } from '../../../state/pending-request';
import { useLooks } from '../../../state/queries/use-looks';
import { usePaged } from '../../../state/queries/use-paged';
import { useQuery } from '../../../state/queries/use-query';
import { useSubscription } from '../../../state/subscriptions';
import { useAction } from '../../../state/use-action';
import { parseYuan } from './parse-yuan';
import { amountFault, isMoving, refusalText } from './payout-words';

const pending = pendingRequest<PayoutInput>('pending-payout');

/** The balance and the payouts, which change together, and by themselves while WeChat works on a transfer. */
export function usePayouts() {
  const balance = useQuery('balance', fetchBalance);
  const payouts = usePaged('payouts', fetchPayouts);
  const reload = async () => {
    await Promise.all([balance.reload(), payouts.reload()]);
  };
  const moving = payouts.items.filter(isMoving).map(({ id }) => id);
  const look = async () => {
    await Promise.all([balance.reload(), payouts.look(({ id }) => id)]);
  };
  useLooks(moving.length === 0 ? null : moving.join(), look);
  return { balance, payouts, reload };
}

/** True when the server has decided: the key is not needed again. A lost answer or a 5xx may have been taken. */
const isFinal = ({ type, status }: ApiProblem) => type !== ClientFault.Network && status >= 400 && status < 500;

/** One request for money: typed, checked, sent once however often it is pressed. */
export function useRequest(balance: GuideBalance, reload: () => Promise<void>, onNameMissing: () => void) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const change = (typed: string) => {
    setText(typed);
    setFault(null);
  };
  const typed = parseYuan(text);
  const arrival = useSubscription('payout', { when: balance.requestableFen > 0 });
  const request = useAction(
    async () => {
      const found = amountFault(typed, balance);
      setFault(found);
      if (found !== null || typed.kind !== 'amount') return;
      const input = { amountFen: typed.fen };
      // In this tap, because WeChat opens its window only then; her money does not wait for her answer.
      void arrival.ask();
      await requestPayout(input, pending.keyFor(input));
      pending.forget();
      change('');
      say('已提交，进度在下面看');
      await reload();
    },
    (problem) => {
      if (isFinal(problem)) {
        pending.forget();
        void reload();
      }
      setFault(refusalText(problem));
      if (problem.type === ProblemType.PayeeNameMissing) onNameMissing();
    },
  );
  const fillAll = (amount: Fen) => change(formatYuan(amount));
  return { text, fault, change, fillAll, amount: typed.kind === 'amount' ? typed.fen : null, request };
}

/** Her real name: asked for when a payout was refused for want of it, and shown masked once it is kept. */
export function usePayeeName() {
  const query = useQuery('payee-name', fetchPayeeName);
  /** Why the sheet is open; null: it is not. */
  const [asking, setAsking] = useState<'payout' | 'correction' | null>(null);
  const askForPayout = async () => {
    if (query.data === null) await query.reload();
    setAsking('payout');
  };
  const close = () => setAsking(null);
  const keep = (name: PayeeName) => {
    query.replace(name);
    close();
  };
  return {
    name: query.data,
    replace: query.replace,
    asking,
    askForPayout,
    correct: () => setAsking('correction'),
    close,
    keep,
  };
}
