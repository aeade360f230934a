import type { Address } from '@mall/shared/membership';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchAddresses } from '../../../api/member-endpoints';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { back, go } from '../../../platform/navigation';
import { chooseAddress } from '../../../state/checkout-draft';
import { useQuery } from '../../../state/queries/use-query';
import { useReturn } from '../../../state/queries/use-return';
import './index.scss';

function AddressCard({ address, picking }: { address: Address; picking: boolean }) {
  const edit = () => go('addressEdit', { id: address.id });
  const choose = () => {
    chooseAddress(address);
    back();
  };
  const city = address.city === address.province ? '' : address.city;
  return (
    <View className="card address">
      <Press className="address__text" onPress={picking ? choose : edit}>
        <Text className="address__place">{`${address.province}${city}${address.district}${address.detail}`}</Text>
        <View className="address__person">
          <Text>{`${address.recipient}  ${address.phone}`}</Text>
          {address.isDefault ? <Text className="address__default">默认</Text> : null}
        </View>
      </Press>
      <Press className="address__edit" onPress={edit}>
        编辑
      </Press>
    </View>
  );
}

export default function AddressesPage() {
  const picking = useRouter().params.pick !== undefined;
  const query = useQuery('addresses', fetchAddresses);
  useReturn(() => void query.reload());
  return (
    <View className="page page--with-bar addresses">
      <Screen
        of={query}
        skeleton={<ListSkeleton count={3} />}
        empty={{
          when: (addresses) => addresses.length === 0,
          notice: <Notice kind="empty" icon="pin" title="还没有收货地址" hint="填一次，以后就不用再填。" />,
        }}
      >
        {(addresses) =>
          addresses.slice(0, 50).map((address) => <AddressCard key={address.id} address={address} picking={picking} />)
        }
      </Screen>
      <View className="action-bar">
        <Press
          id="new-address"
          className="action-bar__grow button button--primary"
          onPress={() => go('addressEdit', picking ? { pick: '1' } : {})}
        >
          新增地址
        </Press>
      </View>
    </View>
  );
}
