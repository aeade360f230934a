import type { PayeeName } from '@mall/shared/payouts';
import { Text, View } from '@tarojs/components';
import { removePayeeName } from '../../../api/guide-endpoints';
import { Press } from '../../../components/Press';
import { confirm, say } from '../../../platform/feedback';
import { useAction } from '../../../state/use-action';

interface Props {
  name: PayeeName;
  onCorrect: () => void;
  onChange: (name: PayeeName) => void;
}

/** The name that is kept, masked: to be corrected or removed where it was given. Nothing where none is. */
export function NameCard({ name, onCorrect, onChange }: Props) {
  const remove = useAction(async () => {
    const content = '删除后不再使用您的姓名，达到微信规定金额的转账要再填一次，其他提现不受影响。';
    if (!(await confirm({ title: '删除真实姓名', content, agree: '删除' }))) return;
    onChange(await removePayeeName());
    say('已删除');
  });
  if (name.nameMasked === null) return null;
  return (
    <View className="card payee-name__card">
      <View className="transfer__text">
        <Text>{`收款人 ${name.nameMasked}`}</Text>
        <Text className="payout__weak">只在大额转账时给微信核对</Text>
      </View>
      <Press id="correct-payee-name" className="payee-name__act" onPress={onCorrect}>
        更正
      </Press>
      <Press id="remove-payee-name" className="payee-name__act" busy={remove.busy} onPress={remove.run}>
        删除
      </Press>
    </View>
  );
}
