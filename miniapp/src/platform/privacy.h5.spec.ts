import { storage } from '../../test/stubs/taro';
import type { PrivacyQuestion } from './privacy';
import { agreeByButton, listenToPrivacy, privacyContract, withPrivacy } from './privacy.h5';
import { privacyFaultOf } from './privacy-fault';

describe("the browser's twin of WeChat's privacy question (§8)", () => {
  const asked: PrivacyQuestion[] = [];
  let answer = false;

  beforeEach(() => {
    storage.clear();
    asked.length = 0;
    listenToPrivacy((question) => {
      asked.push(question);
      question.answer(answer);
    });
  });

  it('fails like WeChat when she refuses, asks again the next time, and no more once she agreed', async () => {
    const call = jest.fn(async () => 'done');
    answer = false;
    const failure = await withPrivacy('setClipboardData', call).catch((thrown: unknown) => thrown);
    expect(privacyFaultOf(failure)).toBe('refused');
    expect(call).not.toHaveBeenCalled();
    answer = true;
    await expect(withPrivacy('setClipboardData', call)).resolves.toBe('done');
    await expect(withPrivacy('saveImageToPhotosAlbum', call)).resolves.toBe('done');
    expect(asked.map(({ api }) => api)).toEqual(['setClipboardData', 'setClipboardData']);
  });

  it('takes the tap of the phone button for an agreement', async () => {
    expect((await privacyContract()).needsAgreement).toBe(true);
    agreeByButton();
    expect((await privacyContract()).needsAgreement).toBe(false);
  });
});
