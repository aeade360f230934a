/** The browser demo asks as WeChat does: once for each person, whose answer this browser keeps. */
import type { PrivacyContract, PrivacyQuestion } from './privacy';
import { readStored, type StoredKind, writeStored } from './storage';

export const AGREE_BUTTON = 'agree-privacy';

const agreed: StoredKind<true> = {
  name: 'privacy-agreed',
  version: 1,
  parse: (value) => (value === true ? true : null),
};

let listener: ((question: PrivacyQuestion) => void) | null = null;

export function listenToPrivacy(next: (question: PrivacyQuestion) => void): void {
  listener = next;
}

export async function privacyContract(): Promise<PrivacyContract> {
  return { needsAgreement: readStored(agreed) === null, name: '《拾光里小程序隐私保护指引》' };
}

/** A browser has no such page of WeChat's: the mall shows its own policy. */
export async function openContract(): Promise<boolean> {
  return false;
}

/** What a tap of a button that agrees does in WeChat. */
export function agreeByButton(): void {
  writeStored(agreed, true);
}

function ask(api: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (listener === null) resolve(false);
    else listener({ api, shown: () => undefined, answer: resolve });
  });
}

/** Makes the call when she agreed before or agrees now; else fails as WeChat does. */
export async function withPrivacy<T>(api: string, call: () => Promise<T>): Promise<T> {
  if (readStored(agreed) === null) {
    if (!(await ask(api))) throw { errno: 104, errMsg: `${api}:fail privacy permission is not authorized` };
    agreeByButton();
  }
  return call();
}
