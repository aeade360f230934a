import { ProblemType } from '@mall/shared/problems';
import { type ApiProblem, ClientFault, textOf } from '../../../api/problem';
import { confirm, say } from '../../../platform/feedback';
import { privacyFaultText } from '../../../platform/privacy-fault';
import { allowAlbum, savePicture } from '../../../platform/share';

export interface Words {
  title: string;
  hint: string;
}

/** `5 秒`, `2 分钟`; null where the server named no time. */
function waitText(seconds: unknown): string | null {
  if (typeof seconds !== 'number' || !(seconds > 0)) return null;
  return seconds < 60 ? `${Math.ceil(seconds)} 秒` : `${Math.ceil(seconds / 60)} 分钟`;
}

/** Why there is no poster now, and what she can do meanwhile. */
export function posterWords(problem: ApiProblem): Words {
  switch (problem.type) {
    case ProblemType.DependencyUnavailable: {
      const wait = waitText(problem.member('retryAfterSeconds'));
      return {
        title: '海报暂时没能做好',
        hint: wait === null ? '过一会儿再试就好。' : `大约 ${wait}后可以再试。`,
      };
    }
    case ProblemType.NotFound:
      return { title: '这件商品暂时没有海报', hint: '可能刚刚下架，换一件看看。' };
    case ClientFault.Network:
      return { title: '海报没能取到', hint: '网络不太顺畅，请检查后再试一次。' };
    default:
      return { title: '海报没能取到', hint: textOf(problem) };
  }
}

/** Why WeChat gave no link. The server says it where it knows better, e.g. that the mini-program is not released. */
export function linkWords(problem: ApiProblem): string {
  if (problem.type !== ProblemType.DependencyUnavailable) return textOf(problem);
  return problem.problem?.detail ?? '链接暂时无法生成，请稍后再试';
}

/** Saves, and says what came of it; a closed album is explained, and opened in the settings when she wants it. */
export async function saveToAlbum(file: string, name: string, done: string): Promise<void> {
  let outcome = await savePicture(file, name);
  if (outcome === 'denied') {
    const wantsSettings = await confirm({
      title: '还不能存到相册',
      content: '之前没有允许保存到相册。在设置里打开“添加到相册”，就可以存了。',
      agree: '去设置',
    });
    if (!wantsSettings || !(await allowAlbum())) return;
    outcome = await savePicture(file, name);
  }
  if (outcome === 'saved') say(done);
  else if (outcome === 'failed' || outcome === 'denied') say('没能保存，请再试一次');
  else if (outcome !== 'cancelled') say(privacyFaultText[outcome]);
}
