import type { PickupStore } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { textOf } from '../../../api/problem';
import { Icon } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { Sheet } from '../../../components/Sheet';
import type { Way } from './use-checkout';

const placeOf = ({ province, city }: PickupStore) => (city === province ? city : `${province}${city}`);

function hintOf({ stores }: Way): string {
  if (stores.problem !== null) return textOf(stores.problem);
  return stores.data === null ? '正在取门店' : stores.data.length === 0 ? '暂时没有可以自提的门店' : '选择自提门店';
}

/** The store where she collects; a tap opens the list, or asks for it again. */
export function StoreCard({ way }: { way: Way }) {
  const [picking, setPicking] = useState(false);
  const { stores, store } = way;
  const open = () => (stores.problem === null ? setPicking(true) : void stores.reload());
  const choose = (chosen: PickupStore) => {
    way.chooseStore(chosen);
    setPicking(false);
  };
  return (
    <View>
      <Press id="checkout-store" className="card checkout__address" disabled={stores.loading} onPress={open}>
        <Icon name="pin" className="checkout__pin" />
        {store === null ? (
          <Text className="checkout__address-none">{hintOf(way)}</Text>
        ) : (
          <View className="checkout__address-text">
            <Text className="checkout__place">{store.name}</Text>
            <Text className="checkout__person">{`${placeOf(store)}  备好后凭提货码取货`}</Text>
          </View>
        )}
        <Icon name="chevron" className="checkout__chevron" />
      </Press>
      {picking ? (
        <Sheet className="store-picker" title="自提门店" onClose={() => setPicking(false)}>
          {(stores.data ?? []).map((each) => (
            <Press key={each.id} className="checkout__row" label={each.name} onPress={() => choose(each)}>
              <Text>{each.name}</Text>
              <Text className={`checkout__row-value ${each.id === store?.id ? 'is-on' : ''}`}>{placeOf(each)}</Text>
            </Press>
          ))}
        </Sheet>
      ) : null}
    </View>
  );
}
