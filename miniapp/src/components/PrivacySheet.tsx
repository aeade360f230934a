import { Text } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { AgreeButton } from '../platform/AgreeButton';
import { go } from '../platform/navigation';
import { openContract, privacyContract } from '../platform/privacy';
import { usePrivacyQuestions } from '../state/privacy';
import { Press } from './Press';
import { Sheet } from './Sheet';
import './PrivacySheet.scss';

const purposes: Readonly<Record<string, string>> = {
  setClipboardData: '把内容复制到剪贴板',
  saveImageToPhotosAlbum: '把图片存进相册',
  getPhoneNumber: '用手机号加入会员',
  getRealtimePhoneNumber: '用手机号加入会员',
  chooseAvatar: '填写头像和昵称',
  nickname: '填写昵称',
};

/** WeChat's guideline for this shop; where WeChat can't show it, our own policy. */
async function readContract(): Promise<void> {
  if (!(await openContract())) go('policy', {});
}

/** The name of the guideline as a link. Asks WeChat for it; nothing where she has agreed already, unless `always`. */
export function ContractLink({ before, always = false }: { before: string; always?: boolean }) {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void privacyContract().then((found) => {
      if (!gone && (always || found.needsAgreement)) setName(found.name);
    });
    return () => {
      gone = true;
    };
  }, [always]);
  if (name === null) return null;
  return (
    <Press className="contract-link" onPress={() => void readContract()}>
      <Text>{before}</Text>
      <Text className="contract-link__name">{name}</Text>
    </Press>
  );
}

/** On every page that does something WeChat counts as private: asks when it is done, and says what for. */
export function PrivacySheet() {
  const { questions, answer } = usePrivacyQuestions();
  const [first] = questions;
  useEffect(() => {
    first?.shown();
  }, [first]);
  if (first === undefined) return null;
  return (
    <Sheet
      className="privacy-sheet"
      title="先请您看一眼"
      onClose={() => answer(false)}
      foot={
        <>
          <Press
            id="refuse-privacy"
            className="privacy-sheet__refuse button button--quiet"
            onPress={() => answer(false)}
          >
            暂不同意
          </Press>
          <AgreeButton className="privacy-sheet__agree button button--primary" onAgree={() => answer(true)}>
            同意
          </AgreeButton>
        </>
      }
    >
      <Text className="privacy-sheet__text">
        {`${purposes[first.api] ?? '这一步'}之前，微信要我们先征得您的同意。只在您用到时才会用。`}
      </Text>
      <ContractLink before="看看 " always />
      <Text className="privacy-sheet__weak">不同意也可以照常浏览和购买。</Text>
    </Sheet>
  );
}
