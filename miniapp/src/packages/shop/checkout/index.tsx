import type { Address } from '@mall/shared/membership';
import { DeliveryKind, type Quote } from '@mall/shared/orders';
import { Input, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Amounts } from '../../../components/Amounts';
import { CouponPicker } from '../../../components/CouponPicker';
import { GoodsLine } from '../../../components/GoodsLine';
import { Icon } from '../../../components/Icon';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { ProblemNotice } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { Tabs } from '../../../components/Tabs';
import { go } from '../../../platform/navigation';
import { shortYuanText, yuanText } from '../../../theme/price';
import { StoreCard } from './StoreCard';
import { type Checkout, useCheckout } from './use-checkout';
import './index.scss';

function AddressCard({ address, known }: { address: Address | null; known: boolean }) {
  const open = () => (address === null ? go('addressEdit', { pick: '1' }) : go('addresses', { pick: '1' }));
  return (
    <Press id="checkout-address" className="card checkout__address" disabled={!known} onPress={open}>
      <Icon name="pin" className="checkout__pin" />
      {address === null ? (
        <Text className="checkout__address-none">{known ? '添加收货地址' : '正在取收货地址'}</Text>
      ) : (
        <View className="checkout__address-text">
          <Text className="checkout__place">
            {`${address.province}${address.city === address.province ? '' : address.city}${address.district}${address.detail}`}
          </Text>
          <Text className="checkout__person">{`${address.recipient}  ${address.phone}`}</Text>
        </View>
      )}
      <Icon name="chevron" className="checkout__chevron" />
    </Press>
  );
}

const ways = [
  { key: DeliveryKind.Express, text: '快递到家' },
  { key: DeliveryKind.Pickup, text: '到店自提' },
];

/** Where the goods go. */
function Place({ checkout: { way, address, addressesKnown } }: { checkout: Checkout }) {
  return (
    <View>
      <Tabs tabs={ways} chosen={way.kind} onChoose={(key) => way.choose(key as DeliveryKind)} />
      {way.kind === DeliveryKind.Pickup ? (
        <StoreCard way={way} />
      ) : (
        <AddressCard address={address} known={addressesKnown} />
      )}
    </View>
  );
}

function couponText(quote: Quote): { text: string; on: boolean } {
  const applied = quote.coupons.filter((coupon) => coupon.applied);
  if (applied.length > 0) {
    const off = applied.reduce((sum, coupon) => sum + coupon.givesFen, 0);
    const [first] = applied;
    if (first !== undefined && applied.length === 1) {
      return { text: off === 0 ? first.name : `-${shortYuanText(first.givesFen)}`, on: true };
    }
    return { text: `已用 ${applied.length} 张`, on: true };
  }
  const usable = quote.coupons.filter((coupon) => coupon.reason === null).length;
  return {
    text: usable > 0 ? `${usable} 张可用` : quote.coupons.length > 0 ? '暂不可用' : '没有优惠券',
    on: usable > 0,
  };
}

function CouponRow({ quote, onOpen }: { quote: Quote; onOpen: () => void }) {
  const { text, on } = couponText(quote);
  return (
    <Press id="checkout-coupons" className="card checkout__row" disabled={quote.coupons.length === 0} onPress={onOpen}>
      <Text>优惠券</Text>
      <Text className={`checkout__row-value ${on ? 'is-on' : ''}`}>{text}</Text>
      <Icon name="chevron" className="checkout__chevron" />
    </Press>
  );
}

function Lines({ quote }: { quote: Quote }) {
  return (
    <View className="card">
      {quote.lines.map((line) => (
        <GoodsLine
          key={`${line.skuId}${line.isGift ? '-gift' : ''}`}
          {...line}
          note={
            line.isGift
              ? `赠品 价值 ${yuanText(line.giftValueFen)}`
              : line.discountFen > 0
                ? `优惠 -${yuanText(line.discountFen)}`
                : null
          }
        />
      ))}
    </View>
  );
}

function payText({ placing, hasPlace, way }: Checkout): string {
  if (placing) return '正在提交';
  if (hasPlace) return '提交订单';
  return way.kind === DeliveryKind.Pickup ? '请先选门店' : '请先填地址';
}

function PayBar({ checkout, quote }: { checkout: Checkout; quote: Quote }) {
  return (
    <View className="action-bar pay-bar">
      <View className="action-bar__grow pay-bar__total">
        <Price amount={quote.totalFen} />
        {quote.discountFen > 0 ? (
          <Text className="pay-bar__saved">{`已优惠 ${shortYuanText(quote.discountFen)}`}</Text>
        ) : null}
      </View>
      <Press
        id="place-order"
        className="pay-bar__go button button--primary"
        disabled={!checkout.hasPlace || checkout.quote.loading}
        busy={checkout.placing}
        onPress={checkout.place}
      >
        {payText(checkout)}
      </Press>
    </View>
  );
}

function Content({ checkout, quote }: { checkout: Checkout; quote: Quote }) {
  const [picking, setPicking] = useState(false);
  return (
    <View className="page page--with-bar checkout">
      <Place checkout={checkout} />
      <Lines quote={quote} />
      <CouponRow quote={quote} onOpen={() => setPicking(true)} />
      <View className="card checkout__row">
        <Text>备注</Text>
        <Input
          id="checkout-remark"
          className="checkout__remark"
          value={checkout.remark}
          maxlength={100}
          placeholder="想对店家说的话，可不填"
          onInput={(event) => checkout.setRemark(event.detail.value)}
        />
      </View>
      <View className="card">
        <Amounts {...quote} totalLabel="应付" />
      </View>
      {checkout.trouble === null ? null : (
        <View className="banner banner--danger checkout__trouble">{checkout.trouble}</View>
      )}
      <PayBar checkout={checkout} quote={quote} />
      {picking ? (
        <CouponPicker coupons={quote.coupons} onClose={() => setPicking(false)} onChange={checkout.setCoupons} />
      ) : null}
    </View>
  );
}

export default function CheckoutPage() {
  const checkout = useCheckout();
  const { quote } = checkout;
  if (checkout.lines.length === 0) {
    return (
      <Notice
        kind="empty"
        icon="bag"
        title="没有要结算的商品"
        action={{ text: '去购物袋', onPress: () => go('cart') }}
      />
    );
  }
  if (quote.data !== null) return <Content checkout={checkout} quote={quote.data} />;
  if (quote.problem !== null && !quote.loading) {
    return <ProblemNotice problem={quote.problem} retry={() => void quote.reload()} />;
  }
  return <ListSkeleton />;
}
