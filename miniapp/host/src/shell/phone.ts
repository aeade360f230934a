/** The phone that the host plays: measures in CSS pixels, as an iPhone 12 has them. */
export const PHONE = {
  width: 390,
  height: 844,
  pixelRatio: 3,
  statusBar: 47,
  navigationBar: 44,
  tabBar: 50,
  safeBottom: 34,
};

export interface WindowSize {
  top: number;
  width: number;
  height: number;
  /** What the page's own styles have to keep free below: nothing where the tab bar does. */
  safeBottom: number;
}

/** The part of the screen that a page gets. */
export function pageWindow({ isTab, isCustom }: { isTab: boolean; isCustom: boolean }): WindowSize {
  const top = isCustom ? 0 : PHONE.statusBar + PHONE.navigationBar;
  const bottom = isTab ? PHONE.tabBar + PHONE.safeBottom : 0;
  return { top, width: PHONE.width, height: PHONE.height - top - bottom, safeBottom: isTab ? 0 : PHONE.safeBottom };
}
