/** How WeChat says that a mini-program was opened, as far as somebody would want to try it. */
export const SCENES: readonly (readonly [number, string])[] = [
  [1047, '扫小程序码 1047'],
  [1048, '长按识别 1048'],
  [1049, '相册选码 1049'],
  [1007, '单聊卡片 1007'],
  [1008, '群聊卡片 1008'],
  [1001, '主入口 1001'],
];

/** The page gets the value of `scene` as it is written here, and decodes it. */
const sceneQuery = (scene: string): string => `scene=${encodeURIComponent(scene)}`;

function ofAddress(text: string): string | null {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return null;
  const { searchParams } = new URL(text);
  const page = searchParams.get('page');
  const scene = searchParams.get('scene');
  if (page === null) return null;
  return scene === null ? page : `${page}?${sceneQuery(scene)}`;
}

/**
 * Which page a scanned code opens. It is a page with its parameters, an address that names `page` and `scene` as codes
 * of a local platform do, or `scene=…` alone, which opens the first page.
 *
 * @returns path with query, without a leading slash; null when it leads nowhere
 */
export function targetOf(scanned: string, pages: readonly string[]): string | null {
  const text = scanned.trim();
  const own = /^scene=(.+)$/.exec(text);
  const found = own === null ? (ofAddress(text) ?? text) : `${pages[0]}?${sceneQuery(own[1])}`;
  const target = found.replace(/^\//, '');
  return pages.includes(target.split('?')[0]) ? target : null;
}
