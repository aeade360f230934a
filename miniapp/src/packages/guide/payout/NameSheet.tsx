import { ConsentPurpose } from '@mall/shared/membership';
import type { PayeeName } from '@mall/shared/payouts';
import type { MyConsents } from '@mall/shared/privacy';
import { ProblemType } from '@mall/shared/problems';
import { Text } from '@tarojs/components';
import { useState } from 'react';
import { keepPayeeName } from '../../../api/guide-endpoints';
import { fetchConsents } from '../../../api/privacy-endpoints';
import { textOf } from '../../../api/problem';
import { Field } from '../../../components/Field';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { Sheet } from '../../../components/Sheet';
import { ListSkeleton } from '../../../components/Skeleton';
import { go } from '../../../platform/navigation';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';
import { shortYuanText } from '../../../theme/price';
import { nameFault } from './name-fault';

interface Props {
  name: PayeeName;
  /** Whether a payout waits for it: saving then goes on with that. */
  forPayout: boolean;
  onSaved: (name: PayeeName) => void;
  onClose: () => void;
}

interface FormProps extends Omit<Props, 'onClose'> {
  consents: Query<MyConsents>;
  mine: MyConsents;
}

/** What she agrees to stands above the button that says so, in the words of the version that is sent with the name. */
function NameForm({ name, forPayout, onSaved, consents, mine }: FormProps) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const purpose = mine.consents.find((view) => view.purpose === ConsentPurpose.PayoutIdentity);
  const save = useAction(
    async () => {
      const found = nameFault(text);
      setFault(found);
      if (found === null) onSaved(await keepPayeeName({ name: text.trim(), policyVersion: mine.policyVersion }));
    },
    (problem) => {
      setFault(
        problem.type === ProblemType.ConsentMissing
          ? '说明刚刚有更新，请再看一遍。'
          : (problem.faultAt('name')?.message ?? textOf(problem)),
      );
      if (problem.type === ProblemType.ConsentMissing) void consents.reload();
    },
  );
  return (
    <>
      <Text className="payee-name__text">
        {`单笔转账满 ${shortYuanText(name.requiredFromFen)} 时，微信要核对收款人的真实姓名，请填微信支付实名认证的姓名。`}
      </Text>
      <Field
        id="payee-name"
        label="真实姓名"
        value={text}
        placeholder={name.nameMasked === null ? '与微信实名一致' : `现在是 ${name.nameMasked}`}
        maxLength={30}
        fault={fault}
        onChange={(typed) => {
          setText(typed);
          setFault(null);
        }}
      />
      <Text className="payee-name__weak">{purpose?.text}</Text>
      <Text className="payee-name__weak">{`${purpose?.withdrawal ?? ''}姓名保存后只显示打码的样子，随时可以更正或删除。`}</Text>
      <Press className="payee-name__policy" onPress={() => go('policy', {})}>
        会员服务与隐私说明
      </Press>
      <Press id="keep-payee-name" className="button button--pine" busy={save.busy} onPress={save.run}>
        {forPayout ? '同意并继续提现' : '同意并保存'}
      </Press>
    </>
  );
}

/** Asks a guide's real name, late and for one purpose, with a consent of its own (R5.5, PIPL). */
export function NameSheet({ onClose, ...props }: Props) {
  const consents = useQuery('consents', fetchConsents);
  return (
    <Sheet className="payee-name" title="收款人真实姓名" onClose={onClose}>
      <Screen of={consents} skeleton={<ListSkeleton count={1} />}>
        {(mine) => <NameForm {...props} consents={consents} mine={mine} />}
      </Screen>
    </Sheet>
  );
}
