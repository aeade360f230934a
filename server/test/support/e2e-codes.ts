import type { ChannelCode, ChannelCodeInput, ChannelGuideInput, UrlLink } from '@mall/shared/codes';
import type { ShareLink } from '@mall/shared/guides';
import type { SessionResponse, TouchResponse } from '@mall/shared/membership';
import { join } from '../../tools/journey/world.js';
import { scanPng } from '../../wechat-emulator/scan-for-tests.js';
import type { Person, Shop } from './e2e-shop.js';

/** Where a phone lands: the page, the code that its address holds, and the scene value of WeChat. */
export interface Landing {
  page: string;
  shareCode: string;
  scene: number;
}

/** Codes of a shop, from the picture to the phone that scans it. */
export class Codes {
  constructor(private readonly shop: Shop) {}

  /** A link of the guide's: to a product by its SKU's code, or to the shop. */
  async share(guide: Pick<Person, 'token'>, productId?: string): Promise<ShareLink> {
    return this.shop.mall.api.post('/api/guide/share-links', { productId, placement: 'code' }, guide.token);
  }

  async productOf(skuId: string): Promise<string> {
    const [row] = await this.shop.query<{ productId: string }>('SELECT productId FROM skus WHERE id = ?', [skuId]);
    return row?.productId ?? '';
  }

  print(change: Partial<ChannelCodeInput>): Promise<ChannelCode> {
    const target = { kind: 'home', id: null };
    const input = { kind: 'channel', label: '测试码', storeId: null, target, guides: [] };
    return this.shop.hq<ChannelCode>('/api/hq/channel-codes', { ...input, ...change });
  }

  listOf(...guides: { guideId: string }[]): ChannelGuideInput[] {
    return guides.map(({ guideId }) => ({ guideId, weight: 1 }));
  }

  /** The picture of a guide's code as customers get it, or of HQ's as it goes to the printer. */
  async picture(path: string, token?: string): Promise<Buffer> {
    const url = path.startsWith('http') ? path : this.shop.mall.apiUrl + path;
    const answer = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async printed({ id }: ChannelCode, width = 430): Promise<Buffer> {
    return this.picture(`/api/hq/channel-codes/${id}/image?width=${width}`, this.shop.hqToken);
  }

  /** Scans the picture: 1047 with the camera, 1048 by a long press, 1049 from the album. */
  scan(picture: Buffer, how = 1047): Promise<Landing> {
    return this.lands(`${scanPng(picture).text}&how=${how}`);
  }

  urlLink(path: string, token: string): Promise<UrlLink> {
    return this.shop.mall.api.post<UrlLink>(`${path}/url-link`, {}, token);
  }

  /** Opens an address outside of the mini-program, as a tap on it would. */
  async lands(address: string): Promise<Landing> {
    const answer = await fetch(address, { redirect: 'manual' });
    const [page = '', search] = (answer.headers.get('location') ?? '').split('#/')[1]?.split('?') ?? [];
    const query = new URLSearchParams(search);
    // A page gets `scene` still encoded.
    const shareCode = query.get('s') ?? decodeURIComponent(query.get('scene') ?? '');
    return { page, shareCode, scene: Number(query.get('wxscene')) };
  }

  /** What the mini-program tells the server on onShow. */
  arrive(person: Pick<Person, 'token'>, { shareCode, scene }: Omit<Landing, 'page'>): Promise<TouchResponse> {
    return this.shop.mall.api.post<TouchResponse>('/api/touches', { shareCode, scene }, person.token);
  }

  async joins(person: Person): Promise<void> {
    await join(this.shop.mall as never, person.persona, { token: person.token } as SessionResponse);
  }
}
