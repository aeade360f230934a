import type { Entry } from './entry';

/** A link that was opened in a browser counts as a card in a single chat, WeChat's scene 1007. */
const LINK_SCENE = 1007;
/** What a phone is told by onShow, the emulator's phone writes into the address: 1047 for a scan, 1194 for a link. */
const SCENE = /^1\d{3}$/;

function fromAddress(): Entry {
  const query: Record<string, string> = {};
  for (const part of [window.location.search, window.location.hash.split('?')[1] ?? '']) {
    new URLSearchParams(part).forEach((value, key) => {
      query[key] = value;
    });
  }
  const { wxscene = '' } = query;
  return { query, scene: SCENE.test(wxscene) ? Number(wxscene) : LINK_SCENE };
}

export function entryOf(): Entry {
  return fromAddress();
}

/** A link that is pasted into an open tab only changes the hash; walking back over it is no second arrival. */
export function watchEntries(listener: (entry: Entry) => void): void {
  const nameOf = ({ query }: Entry) => `${query.s ?? ''} ${query.scene ?? ''}`;
  let last = nameOf(fromAddress());
  window.addEventListener('hashchange', () => {
    const entry = fromAddress();
    const name = nameOf(entry);
    if (name.trim() === '' || name === last) return;
    last = name;
    listener(entry);
  });
}
