import { type ShareLink, SharePlacement } from '@mall/shared/guides';
import { Button, Text, View } from '@tarojs/components';
import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { createShareLink } from '../../../api/guide-endpoints';
import { mediaUrl } from '../../../api/media';
import { GuideBadge } from '../../../components/GuideBadge';
import { Picture } from '../../../components/Picture';
import { Press } from '../../../components/Press';
import { PrivacySheet } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { Block } from '../../../components/Skeleton';
import { say } from '../../../platform/feedback';
import { privacyFaultText } from '../../../platform/privacy-fault';
import { canSendCards, linkFor, savePicture } from '../../../platform/share';
import { copy } from '../../../state/copy';
import { useQuery } from '../../../state/queries/use-query';
import { useSession } from '../../../state/session';
import { useAction } from '../../../state/use-action';
import './index.scss';

interface Links {
  card: ShareLink;
  code: ShareLink;
}

/** One link for the card and one for the code, so that HQ can tell how a customer came. */
async function makeLinks(productId: string | undefined): Promise<Links> {
  const [card, code] = await Promise.all([
    createShareLink({ productId, placement: canSendCards ? SharePlacement.Card : SharePlacement.Link }),
    createShareLink({ productId, placement: SharePlacement.Code }),
  ]);
  return { card, code };
}

function CodeCard({ links }: { links: Links }) {
  const guide = useSession((state) => state.me?.guide ?? null);
  return (
    <View className="card link-card">
      <View className="link-card__picture">
        <Picture url={links.card.imageUrl} title={links.card.title} eager />
      </View>
      <Text className="link-card__title">{links.card.title}</Text>
      <View className="link-card__foot">
        <View className="link-card__text">
          {guide === null ? null : <GuideBadge guide={{ name: guide.name, storeName: guide.storeName }} />}
          <Text className="link-card__hint">长按识别，直达商品</Text>
        </View>
        <View className="link-card__code">
          <Picture url={links.code.codeImageUrl} title="小程序码" eager />
        </View>
      </View>
    </View>
  );
}

function Actions({ links }: { links: Links }) {
  const save = useAction(async () => {
    const outcome = await savePicture(mediaUrl(links.code.codeImageUrl) ?? '');
    if (outcome === 'saved') say('小程序码已保存');
    if (outcome === 'denied') say('请在微信设置里允许保存到相册');
    if (outcome === 'failed') say('没能保存，请再试一次');
    if (outcome === 'refused' || outcome === 'undeclared') say(privacyFaultText[outcome]);
  });
  const copyLink = useAction(() =>
    copy(linkFor(links.card.path), { done: '链接已复制', failed: '没能复制，请长按选择链接' }),
  );
  return (
    <View className="action-bar">
      <Press id="save-code" className="share-link__action button button--quiet" busy={save.busy} onPress={save.run}>
        保存小程序码
      </Press>
      {canSendCards ? (
        <Button id="send-card" className="share-link__action button button--pine" openType="share">
          发给顾客
        </Button>
      ) : (
        <Press
          id="copy-link"
          className="share-link__action button button--pine"
          busy={copyLink.busy}
          onPress={copyLink.run}
        >
          复制链接
        </Press>
      )}
    </View>
  );
}

function LinkSkeleton() {
  return (
    <View className="page share-link">
      <View className="card link-card">
        <Block shape="square" />
        <Block shape="title" />
        <Block shape="row" />
      </View>
    </View>
  );
}

export default function ShareLinkPage() {
  const { productId } = useRouter().params;
  const [key] = useState(`link-${productId ?? 'home'}`);
  const query = useQuery(key, () => makeLinks(productId));
  const card = query.data?.card;
  useShareAppMessage(() => ({
    title: card?.title ?? '',
    path: card?.path ?? '',
    imageUrl: mediaUrl(card?.imageUrl ?? null) ?? undefined,
  }));
  return (
    <Screen of={query} skeleton={<LinkSkeleton />}>
      {(links) => (
        <View className="page page--with-bar share-link">
          <CodeCard links={links} />
          <View className="card share-link__path">
            <Text className="share-link__label">{canSendCards ? '小程序路径' : '链接'}</Text>
            <Text id="share-path" className="share-link__value" selectable userSelect>
              {linkFor(links.card.path)}
            </Text>
            <Text className="share-link__note">佣金来自顾客实际付款的订单，只分享不产生佣金。</Text>
          </View>
          <Actions links={links} />
          <PrivacySheet />
        </View>
      )}
    </Screen>
  );
}
