import { negateFen } from '@mall/shared/money';
import type { OrderDetail, OrderLine, RefundSummary } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { Amounts } from '../../../components/Amounts';
import { GoodsLine } from '../../../components/GoodsLine';
import { Icon } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { momentText, shortMomentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { copy } from '../../../state/copy';
import { yuanText } from '../../../theme/price';
import { carrierText, progressOf, refundStateText } from '../order-words';

interface Of {
  order: OrderDetail;
}

export function StateHead({ order }: Of) {
  const deadline =
    order.payBefore === null ? '' : `请在 ${shortMomentText(order.payBefore)} 前付款，之后订单会自动取消。`;
  const { name, next } = progressOf(order);
  return (
    <View className="order__head">
      <Text className="order__state">{name}</Text>
      <Text className="order__next">{deadline || next}</Text>
    </View>
  );
}

const copyNumber = (text: string) => void copy(text, { failed: '没能复制，请长按选择' });

export function ShipmentBlock({ order }: Of) {
  const { shipment } = order;
  if (shipment === null) return null;
  return (
    <View className="card order__block">
      <Icon name="truck" className="order__icon" />
      <View className="order__block-text">
        <Text className="order__strong">{`${carrierText(shipment.carrier)} ${shipment.trackingNumber}`}</Text>
        <Text className="order__weak">{`${shortMomentText(shipment.shippedAt)} 发出`}</Text>
      </View>
      <Press className="order__copy" onPress={() => copyNumber(shipment.trackingNumber)}>
        复制
      </Press>
    </View>
  );
}

/** Where she collects, and, once the goods are ready, the code that says she has them. */
export function PickupBlock({ order }: Of) {
  const { pickup } = order;
  if (pickup === null) return null;
  const { store, code } = pickup;
  return (
    <View className="card order__pickup">
      <View className="order__block">
        <Icon name="pin" className="order__icon" />
        <View className="order__block-text">
          <Text className="order__strong">{`到店自提  ${store.name}`}</Text>
          <Text className="order__weak">
            {store.city === store.province ? store.city : store.province + store.city}
          </Text>
        </View>
      </View>
      {code === null ? null : (
        <View className="order__code">
          <Text className="order__weak">{`提货码 · 单号尾 ${order.number.slice(-6)}`}</Text>
          <Text id="pickup-code" className="order__code-text">
            {`${code.slice(0, 3)} ${code.slice(3)}`}
          </Text>
          <Text className="order__weak">拿到商品后再出示，店员输入后即完成收货</Text>
        </View>
      )}
    </View>
  );
}

/** Where a gift was kept, less money came back than these goods had cost (R6.6): the refund says how much. */
function noteOf({ isGift, giftValueFen, refundedFen }: OrderLine, isGiftKept: boolean): string | null {
  if (isGift) return `赠品 价值 ${yuanText(giftValueFen)}`;
  if (refundedFen === 0) return null;
  return isGiftKept ? `退回商品 ${yuanText(refundedFen)}` : `已退 ${yuanText(refundedFen)}`;
}

/** R6.6, in her words. */
function withheldText({ withheldFen }: RefundSummary): string | null {
  if (withheldFen > 0) return `赠品没有一起退回，已扣 ${yuanText(withheldFen)}`;
  return withheldFen < 0 ? `赠品已退回，含之前扣下的 ${yuanText(negateFen(withheldFen))}` : null;
}

export function AddressBlock({ order }: Of) {
  const { address } = order;
  if (address === null) return null;
  const city = address.city === address.province ? '' : address.city;
  return (
    <View className="card order__block">
      <Icon name="pin" className="order__icon" />
      <View className="order__block-text">
        <Text className="order__strong">{`${address.recipient}  ${address.phone}`}</Text>
        <Text className="order__weak">{`${address.province}${city}${address.district}${address.detail}`}</Text>
      </View>
    </View>
  );
}

export function Goods({ order }: Of) {
  const isGiftKept = order.refunds.some(({ withheldFen }) => withheldFen !== 0);
  return (
    <View className="card">
      {order.lines.map((line) => (
        <Press key={line.id} className="order__line" onPress={() => go('product', { id: line.productId })}>
          <GoodsLine {...line} note={noteOf(line, isGiftKept)} />
        </Press>
      ))}
    </View>
  );
}

export function Bill({ order }: Of) {
  return (
    <View className="card">
      <Amounts {...order} freightName={null} totalLabel={order.paidAt === null ? '应付' : '实付'} />
    </View>
  );
}

export function Refunds({ order }: Of) {
  if (order.refunds.length === 0) return null;
  return (
    <View className="card order__refunds">
      <Text className="order__label">退款</Text>
      {order.refunds.map((refund) => (
        <View key={refund.id} className={`refund refund--${refund.state}`}>
          <View className="refund__head">
            <Text>{refundStateText[refund.state]}</Text>
            <Text className="refund__amount">{yuanText(refund.amountFen)}</Text>
          </View>
          <Text className="order__weak">
            {`${refund.reason} · ${shortMomentText(refund.succeededAt ?? refund.createdAt)}`}
          </Text>
          {withheldText(refund) === null ? null : <Text className="order__weak">{withheldText(refund)}</Text>}
        </View>
      ))}
    </View>
  );
}

export function Facts({ order }: Of) {
  const facts: [string, number | null][] = [
    ['下单', order.createdAt],
    ['付款', order.paidAt],
    ['发货', order.shippedAt],
    ['备好', order.pickup?.readyAt ?? null],
    ['收货', order.receivedAt],
    ['完成', order.completedAt],
    ['取消', order.cancelledAt],
  ];
  return (
    <View className="card order__facts">
      <View className="order__fact">
        <Text className="order__weak">单号</Text>
        <Press className="order__number" onPress={() => copyNumber(order.number)}>
          {`${order.number} 复制`}
        </Press>
      </View>
      {facts.map(([name, at]) =>
        at === null ? null : (
          <View key={name} className="order__fact">
            <Text className="order__weak">{name}</Text>
            <Text>{momentText(at)}</Text>
          </View>
        ),
      )}
      {order.remark === null ? null : (
        <View className="order__fact">
          <Text className="order__weak">备注</Text>
          <Text className="order__remark">{order.remark}</Text>
        </View>
      )}
    </View>
  );
}
