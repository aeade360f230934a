import type { ContactCode as Code } from '@mall/shared/wecom';
import { Image, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchContactOffer, makeContactCode } from '../../../api/member-endpoints';
import { textOf } from '../../../api/problem';
import { Press } from '../../../components/Press';
import { say } from '../../../platform/feedback';
import { useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';

/** Her guide's WeCom code, made when she asks for it. Nothing is shown where the mall or the guide has no WeCom. */
export function ContactCode() {
  const offer = useQuery('contact-offer', fetchContactOffer);
  const [code, setCode] = useState<Code | null>(null);
  const ask = useAction(
    async () => {
      const found = await makeContactCode();
      if (!found.available) say('导购暂时加不了企业微信，请稍后再试');
      setCode(found);
    },
    (problem) => say(textOf(problem)),
  );
  if (offer.data?.offered !== true) return null;
  return (
    <View className="card my-guide__contact">
      <Text className="my-guide__label">联系我的导购</Text>
      {code?.available === true ? (
        <>
          <Image className="my-guide__code" src={code.codeImageUrl} showMenuByLongpress ariaLabel="企业微信二维码" />
          <Text className="my-guide__weak my-guide__code-hint">{`长按识别，添加${code.guideName}的企业微信。`}</Text>
        </>
      ) : (
        <>
          <Text className="my-guide__weak">款式、尺码、到店自提，都可以直接问 ta。</Text>
          <Press
            id="ask-contact-code"
            className="my-guide__change button button--quiet"
            busy={ask.busy}
            onPress={ask.run}
          >
            加企业微信
          </Press>
        </>
      )}
    </View>
  );
}
