/** Words that pages of more than one package use; those of one package stand in it. */
import type { GuideChip } from '@mall/shared/membership';

export const SHOP_NAME = '拾光里';

/** `陈静 · 静安店` */
export const guideText = (guide: GuideChip) => `${guide.name} · ${guide.storeName}`;
