import { type ShareLink, SharePlacement } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { createShareLink, fetchShareImage, fetchUrlLink } from '../../../api/guide-endpoints';
import { Press } from '../../../components/Press';
import { shortDayText } from '../../../platform/clock';
import { browserLink } from '../../../platform/share';
import { copy } from '../../../state/copy';
import { useAction } from '../../../state/use-action';
import { linkWords, saveToAlbum } from './share-words';

/** A link of this placement, made when she first wants it: what nobody made ready is not counted (R8). */
function useLinkOf(placement: SharePlacement, productId: string | undefined): () => Promise<ShareLink> {
  const made = useRef<ShareLink | null>(null);
  return async () => {
    made.current ??= await createShareLink({ productId, placement });
    return made.current;
  };
}

interface Props {
  productId: string | undefined;
  /** What this page already made: in a browser it is the link itself. */
  first: ShareLink;
}

function LinkRow({ productId, first }: Props) {
  const [fault, setFault] = useState<string | null>(null);
  const [until, setUntil] = useState<number | null>(null);
  const make = useLinkOf(SharePlacement.Link, productId);
  const copyLink = useAction(
    async () => {
      const link = first.placement === SharePlacement.Link ? first : await make();
      const { url, expiresAt } = await fetchUrlLink(link.code);
      setFault(null);
      setUntil(expiresAt);
      await copy(url, { done: '链接已复制', failed: '没能复制，请再试一次' });
    },
    (problem) => setFault(linkWords(problem)),
  );
  const note = until === null ? '短信和别的应用里也能打开' : `${shortDayText(until)}前有效`;
  return (
    <View className="way">
      <View className="way__text">
        <Text className="way__name">链接</Text>
        <Text className={fault === null ? 'way__note' : 'way__note way__note--fault'}>{fault ?? note}</Text>
      </View>
      <Press id="copy-link" className="way__action button button--quiet" busy={copyLink.busy} onPress={copyLink.run}>
        {fault === null ? '复制链接' : '再试一次'}
      </Press>
    </View>
  );
}

function CodeRow({ productId }: Pick<Props, 'productId'>) {
  const make = useLinkOf(SharePlacement.Code, productId);
  const save = useAction(async () => {
    const { codeImageUrl } = await make();
    await saveToAlbum(await fetchShareImage(codeImageUrl), 'mini-program-code.png', '小程序码已保存');
  });
  return (
    <View className="way">
      <View className="way__text">
        <Text className="way__name">小程序码</Text>
        <Text className="way__note">想自己排版，只取这一张</Text>
      </View>
      <Press id="save-code" className="way__action button button--quiet" busy={save.busy} onPress={save.run}>
        保存
      </Press>
    </View>
  );
}

/** Beside the poster and the card. */
export function OtherWays({ productId, first }: Props) {
  const address = browserLink(first.path);
  return (
    <View className="card ways">
      <LinkRow productId={productId} first={first} />
      <CodeRow productId={productId} />
      {address === null ? null : (
        <View className="way way--address">
          <Text className="way__note">在浏览器里打开</Text>
          <Text id="share-path" className="way__address" selectable userSelect>
            {address}
          </Text>
        </View>
      )}
    </View>
  );
}
