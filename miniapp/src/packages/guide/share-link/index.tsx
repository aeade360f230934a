import { Button, Text, View } from '@tarojs/components';
import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { mediaUrl } from '../../../api/media';
import { Press } from '../../../components/Press';
import { PrivacySheet } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { canSendCards } from '../../../platform/share';
import { useAction } from '../../../state/use-action';
import { OtherWays } from './OtherWays';
import { PosterFrame, PosterSkeleton } from './PosterFrame';
import { saveToAlbum } from './share-words';
import { useLinks, usePoster } from './use-poster';
import './index.scss';

/** The poster into the album; on a phone the card beside it is what is done most. */
function Actions({ file }: { file: string | null }) {
  const save = useAction(async () => {
    if (file !== null) await saveToAlbum(file, 'poster.jpg', '海报已保存');
  });
  return (
    <View className="action-bar">
      <Press
        id="save-poster"
        className={`share-link__action button ${canSendCards ? 'button--quiet' : 'button--pine'}`}
        disabled={file === null}
        busy={save.busy}
        onPress={save.run}
      >
        保存海报
      </Press>
      {canSendCards ? (
        <Button id="send-card" className="share-link__action button button--pine" openType="share">
          发给顾客
        </Button>
      ) : null}
    </View>
  );
}

function LinkSkeleton({ ofProduct }: { ofProduct: boolean }) {
  return (
    <View className="page share-link">
      <View className="poster-room">
        <PosterSkeleton ofProduct={ofProduct} />
      </View>
    </View>
  );
}

export default function ShareLinkPage() {
  const { productId } = useRouter().params;
  const query = useLinks(productId);
  const poster = usePoster(query.data?.poster.posterUrl ?? null);
  const card = query.data?.card;
  useShareAppMessage(() => ({
    title: card?.title ?? '',
    path: card?.path ?? '',
    imageUrl: mediaUrl(card?.imageUrl ?? null) ?? undefined,
  }));
  return (
    <Screen of={query} skeleton={<LinkSkeleton ofProduct={productId !== undefined} />}>
      {(links) => (
        <View className="page page--with-bar share-link">
          <PosterFrame poster={poster} link={links.poster} />
          <OtherWays productId={productId} first={links.card} />
          <Text className="share-link__note">佣金来自顾客实际付款的订单，只分享不产生佣金。</Text>
          <Actions file={poster.file} />
          <PrivacySheet />
        </View>
      )}
    </Screen>
  );
}
