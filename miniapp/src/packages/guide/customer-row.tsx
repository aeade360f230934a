import type { GuideCustomer } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { shortDayText } from '../../platform/clock';
import './customer-row.scss';

function lastText(customer: GuideCustomer): string {
  if (customer.lastOrderAt === null) return `${shortDayText(customer.boundAt)} 加入，还没有下过单`;
  return `买过 ${customer.orders} 次，最近 ${shortDayText(customer.lastOrderAt)}`;
}

/** One customer, masked (R2.6): what the guide may know and no more. */
export function CustomerRow({ customer }: { customer: GuideCustomer }) {
  return (
    <View className="customer">
      <View className="customer__face">{customer.nicknameMasked.slice(0, 1)}</View>
      <View className="customer__text">
        <Text className="customer__name">
          {customer.phoneTail === null
            ? customer.nicknameMasked
            : `${customer.nicknameMasked} · 尾号 ${customer.phoneTail}`}
        </Text>
        <Text className="customer__weak">{lastText(customer)}</Text>
      </View>
      <View className="customer__right">
        <Text className="customer__until">{`至 ${shortDayText(customer.validUntil)}`}</Text>
        {customer.mayContact ? null : <Text className="customer__until">请勿主动联系</Text>}
      </View>
    </View>
  );
}
