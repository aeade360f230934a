/** §8: WeChat holds back what touches her privacy until she agreed to its guideline for this shop, by a real tap. */

/** Something waits for her agreement. */
export interface PrivacyQuestion {
  /** WeChat's name of the call or component that waits, e.g. `setClipboardData`; may be empty. */
  api: string;
  /** The sheet is on her screen. */
  shown: () => void;
  answer: (agreed: boolean) => void;
}

export interface PrivacyContract {
  /** False where she agreed before, and where WeChat is too old to ask. */
  needsAgreement: boolean;
  /** `《…隐私保护指引》`; null where WeChat does not say. */
  name: string | null;
}

/** WeChat checks that the button of this id was tapped. */
export const AGREE_BUTTON = 'agree-privacy';

type Answer = { event: 'exposureAuthorization' | 'disagree' } | { event: 'agree'; buttonId: string };

/** Taro 4.2.1 passes these through in part only, which is why `wx` itself is asked. Base library 2.32.3. */
declare const wx:
  | {
      onNeedPrivacyAuthorization?: (
        listener: (resolve: (answer: Answer) => void, info?: { referrer?: string }) => void,
      ) => void;
      getPrivacySetting?: (options: {
        success: (found: { needAuthorization: boolean; privacyContractName: string }) => void;
        fail: () => void;
      }) => void;
      openPrivacyContract?: (options: { success: () => void; fail: () => void }) => void;
    }
  | undefined;

const phone = () => (typeof wx === 'undefined' ? {} : wx);

/** Calls back whenever something waits. The last listener wins; without one WeChat shows a dialog of its own. */
export function listenToPrivacy(listener: (question: PrivacyQuestion) => void): void {
  phone().onNeedPrivacyAuthorization?.((resolve, info) =>
    listener({
      api: info?.referrer ?? '',
      shown: () => resolve({ event: 'exposureAuthorization' }),
      answer: (agreed) => resolve(agreed ? { event: 'agree', buttonId: AGREE_BUTTON } : { event: 'disagree' }),
    }),
  );
}

/** Whether she has still to agree, and to what. Never throws. */
export function privacyContract(): Promise<PrivacyContract> {
  const unknown: PrivacyContract = { needsAgreement: false, name: null };
  return new Promise((resolve) => {
    const { getPrivacySetting } = phone();
    if (getPrivacySetting === undefined) resolve(unknown);
    else {
      getPrivacySetting({
        success: ({ needAuthorization, privacyContractName: name }) =>
          resolve({ needsAgreement: needAuthorization, name: name === '' ? null : name }),
        fail: () => resolve(unknown),
      });
    }
  });
}

/** Opens WeChat's page with the guideline; false when it can't. */
export function openContract(): Promise<boolean> {
  return new Promise((resolve) => {
    const { openPrivacyContract } = phone();
    if (openPrivacyContract === undefined) resolve(false);
    else openPrivacyContract({ success: () => resolve(true), fail: () => resolve(false) });
  });
}

/** Makes a call that touches her privacy: on a phone WeChat itself stops it and asks. */
export function withPrivacy<T>(_api: string, call: () => Promise<T>): Promise<T> {
  return call();
}
