import { type ShareLink, SharePlacement } from '@mall/shared/guides';
import { createShareLink, fetchShareImage } from '../../../api/guide-endpoints';
import type { ApiProblem } from '../../../api/problem';
import { canSendCards } from '../../../platform/share';
import { useQuery } from '../../../state/queries/use-query';

export interface Links {
  /** What a card, or in a browser the link, leads to. */
  card: ShareLink;
  poster: ShareLink;
}

export interface Poster {
  /** Of the picture on this device; null while it is made. */
  file: string | null;
  /** Why there is none. */
  problem: ApiProblem | null;
  /** Asks again; null while an answer is awaited. */
  retry: (() => void) | null;
}

/** One link for each way of sharing, so that HQ can tell how a customer came. */
async function makeLinks(productId: string | undefined): Promise<Links> {
  const [card, poster] = await Promise.all([
    createShareLink({ productId, placement: canSendCards ? SharePlacement.Card : SharePlacement.Link }),
    createShareLink({ productId, placement: SharePlacement.Poster }),
  ]);
  return { card, poster };
}

export const useLinks = (productId: string | undefined) =>
  useQuery(`links-${productId ?? 'home'}`, () => makeLinks(productId));

/** The poster is its own question: while it can't be made, the card and the link work as ever. */
export function usePoster(url: string | null): Poster {
  const query = useQuery(url, () => fetchShareImage(url ?? ''));
  return {
    file: query.data,
    problem: query.loading ? null : query.problem,
    retry: query.loading ? null : () => void query.reload(),
  };
}
