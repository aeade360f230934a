import { copyText } from '../platform/clipboard';
import { say } from '../platform/feedback';
import { privacyFaultText } from '../platform/privacy-fault';

/** Copies, and says what came of it: being refused is no reason to alarm her. */
export async function copy(text: string, words: { done?: string; failed: string }): Promise<void> {
  const outcome = await copyText(text);
  if (outcome === 'failed') say(words.failed);
  else if (outcome !== 'copied') say(privacyFaultText[outcome]);
  else if (words.done !== undefined) say(words.done);
}
