import type { OrderDetail } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchOrderAttribution } from '../../../api/shop-endpoints';
import { GuideBadge } from '../../../components/GuideBadge';
import { Icon } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { ProblemNotice } from '../../../components/Screen';
import { Sheet } from '../../../components/Sheet';
import { Block } from '../../../components/Skeleton';
import { momentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { useQuery } from '../../../state/queries/use-query';

/** The frozen decision in one sentence; nobody who lost is named (R3.1). */
function Why({ orderId, title, onClose }: { orderId: string; title: string; onClose: () => void }) {
  const query = useQuery(orderId, () => fetchOrderAttribution(orderId));
  const { data, problem, loading } = query;
  return (
    <Sheet className="why" title={title} onClose={onClose}>
      {data !== null ? (
        <>
          {data.guide === null ? null : <GuideBadge guide={data.guide} suffix="" />}
          <Text className="why__sentence">{data.sentence}</Text>
          <Text className="why__at">{`${momentText(data.decidedAt)} 下单时判定，之后不会变`}</Text>
          <Press className="why__change" onPress={() => go('myGuide')}>
            想换一位或减少打扰
          </Press>
        </>
      ) : problem !== null && !loading ? (
        <ProblemNotice problem={problem} retry={() => void query.reload()} />
      ) : (
        <>
          <Block shape="short" />
          <Block shape="row" />
        </>
      )}
    </Sheet>
  );
}

/** Who looks after this order, and discreetly why. */
export function ServedBy({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState(false);
  const { guide } = order.attribution;
  const title = guide === null ? '为什么这样安排' : '为什么由 ta 服务';
  return (
    <>
      <View className="card order__served">
        {guide === null ? <Text>这一单由总部客服照应。</Text> : <GuideBadge guide={guide} suffix="为您服务" />}
        <Press id="why-served" className="order__why" onPress={() => setOpen(true)}>
          <Text>{title}</Text>
          <Icon name="chevron" className="order__why-go" />
        </Press>
      </View>
      {open ? <Why orderId={order.id} title={title} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
