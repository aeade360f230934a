import '../guide-icons.scss';
import { type GuideNotice, GuideNoticeKind } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { useEffect, useRef } from 'react';
import { fetchNotices, readNotices } from '../../../api/guide-endpoints';
import { Icon } from '../../../components/Icon';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { PagedScreen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { shortMomentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { usePaged } from '../../../state/queries/use-paged';
import './index.scss';

/** Where each kind is answered. */
const places: Record<GuideNoticeKind, () => void> = {
  [GuideNoticeKind.RateChanged]: () => go('shareProducts'),
  [GuideNoticeKind.DisputeDecided]: () => go('guideOrders'),
  [GuideNoticeKind.PayoutDecided]: () => go('payout'),
  [GuideNoticeKind.PayoutEnded]: () => go('payout'),
  [GuideNoticeKind.Coaching]: () => go('shareProducts'),
  [GuideNoticeKind.CustomersReceived]: () => go('customers'),
};

function Row({ notice }: { notice: GuideNotice }) {
  return (
    <Press
      className={`card told ${notice.readAt === null ? 'told--new' : ''}`}
      label={notice.title}
      onPress={places[notice.kind]}
    >
      <View className="told__text">
        <View className="told__head">
          <Text className="told__title">{notice.title}</Text>
          <Text className="told__weak">{shortMomentText(notice.createdAt)}</Text>
        </View>
        <Text className="told__body">{notice.body}</Text>
      </View>
      <Icon name="chevron" className="told__go" />
    </Press>
  );
}

export default function NoticesPage() {
  const list = usePaged('notices', fetchNotices);
  const told = useRef(false);
  const unread = list.items.some((notice) => notice.readAt === null);
  useEffect(() => {
    if (told.current || !unread) return;
    told.current = true;
    // What she sees stays marked until she comes again. A lost mark only means that they are new once more.
    void readNotices().catch(() => {
      told.current = false;
    });
  }, [unread]);
  return (
    <View className="page tolds">
      <PagedScreen
        of={list}
        skeleton={<ListSkeleton />}
        empty={<Notice kind="empty" icon="bell" title="没有通知" hint="佣金比例、申诉和提现有消息时，会写在这里。" />}
      >
        {(items) => items.map((notice) => <Row key={notice.id} notice={notice} />)}
      </PagedScreen>
    </View>
  );
}
