const NUMBER_RPX = /(-?(?:\d+\.?\d*|\.\d+))rpx\b/gi;
/** WeChat lays a page out on 750 units, whatever the phone's width. */
const RPX_WIDTH = 750;

/** A style with its lengths in rpx written as a browser understands them. */
export const scaleRpx = (style: string): string => style.replace(NUMBER_RPX, `calc($1 * 100vw / ${RPX_WIDTH})`);
