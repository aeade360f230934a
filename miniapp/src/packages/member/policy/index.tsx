import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchPolicy } from '../../../api/privacy-endpoints';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { useQuery } from '../../../state/queries/use-query';
import './index.scss';

/** What she agrees to when she joins, in the words of the version that is named; without one, of that in force. */
export default function PolicyPage() {
  const { version } = useRouter().params;
  const query = useQuery(`policy-${version ?? ''}`, () => fetchPolicy(version));
  return (
    <View className="page policy">
      <Text className="policy__title">会员服务与隐私说明</Text>
      <Screen of={query} skeleton={<ListSkeleton count={4} />}>
        {(policy) => (
          <>
            <Text className="policy__version">{`${policy.version} 版`}</Text>
            {policy.changes === null ? null : <Text className="policy__version">{policy.changes}</Text>}
            {policy.sections.map(({ title, paragraphs }) => (
              <View key={title} className="card">
                <Text className="policy__label">{title}</Text>
                {paragraphs.map((text) => (
                  <Text key={text} className="policy__text">
                    {text}
                  </Text>
                ))}
              </View>
            ))}
          </>
        )}
      </Screen>
    </View>
  );
}
