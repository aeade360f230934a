import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchExportContent } from '../../../api/privacy-endpoints';
import { Press } from '../../../components/Press';
import { PrivacySheet } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { copy as copyText } from '../../../state/copy';
import { useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';
import './index.scss';

/** The copy of her data, readable as it stands; copied, it is JSON. */
export default function MyDataPage() {
  const { id } = useRouter().params;
  const query = useQuery(id ?? null, () => fetchExportContent(id ?? ''));
  const copy = useAction(() => copyText(JSON.stringify(query.data, null, 2), { failed: '没有复制成功，可以再试一次' }));
  return (
    <View className="page page--with-bar my-data">
      <Screen of={query} skeleton={<ListSkeleton count={4} />}>
        {(content) =>
          content.sections.map(({ title, items }) => (
            <View key={title} className="card">
              <Text className="my-data__label">{title}</Text>
              {items.length === 0 ? <Text className="my-data__weak">没有记录</Text> : null}
              {items.slice(0, 50).map((item) => (
                <View key={JSON.stringify(item)} className="my-data__row">
                  {Object.entries(item).map(([label, value]) => (
                    <Text key={label} className="my-data__fact">
                      <Text className="my-data__weak">{`${label}：`}</Text>
                      {value === null ? '无' : String(value)}
                    </Text>
                  ))}
                </View>
              ))}
              {items.length > 50 ? <Text className="my-data__weak">其余请复制全部查看</Text> : null}
            </View>
          ))
        }
      </Screen>
      <View className="action-bar">
        <Press id="copy-data" className="action-bar__grow button button--primary" busy={copy.busy} onPress={copy.run}>
          复制全部
        </Press>
      </View>
      <PrivacySheet />
    </View>
  );
}
