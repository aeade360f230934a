import { View } from '@tarojs/components';
import { fetchCustomers } from '../../../api/guide-endpoints';
import { Notice } from '../../../components/Notice';
import { PagedScreen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { go } from '../../../platform/navigation';
import { usePaged } from '../../../state/queries/use-paged';
import { CustomerRow } from '../customer-row';
import './index.scss';

export default function CustomersPage() {
  const list = usePaged('customers', fetchCustomers);
  return (
    <View className="page customers">
      <View className="customers__hint">称呼和手机号已打码，日期是服务关系的有效期。</View>
      <PagedScreen
        of={list}
        skeleton={<ListSkeleton />}
        empty={
          <Notice
            kind="empty"
            icon="share"
            title="还没有顾客"
            hint="顾客从您的分享进来并加入会员后，会出现在这里。"
            action={{ text: '去选品', onPress: () => go('shareProducts') }}
          />
        }
      >
        {(items) => (
          <View className="card customers__list">
            {items.map((customer) => (
              <CustomerRow key={customer.memberId} customer={customer} />
            ))}
          </View>
        )}
      </PagedScreen>
    </View>
  );
}
