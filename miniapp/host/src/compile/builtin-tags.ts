/** WeChat's components. Templates may use these without naming them in `usingComponents`. */
export const BUILTIN_TAGS: ReadonlySet<string> = new Set(
  `ad ad-custom audio button camera canvas channel-live channel-video checkbox checkbox-group cover-image cover-view
  custom-wrapper draggable-sheet editor form functional-page-navigator grid-view icon image input keyboard-accessory
  label list-view live-player live-pusher map match-media movable-area movable-view navigation-bar navigator
  official-account open-data page-container page-meta picker picker-view picker-view-column progress radio radio-group
  rich-text root-portal scroll-view share-element slider snapshot span sticky-header sticky-section swiper swiper-item
  switch text textarea video view voip-room web-view`
    .split(/\s+/)
    // Taro's wrapper is a component of the mini-program.
    .filter((tag) => tag !== 'custom-wrapper'),
);

/** Parts of the template language itself. */
export const LANGUAGE_TAGS: ReadonlySet<string> = new Set(['block', 'import', 'include', 'slot', 'template', 'wxs']);

/** The name of a component of WeChat's in the browser, where `<input>` and `<button>` would be the browser's own. */
export const domTag = (tag: string): string => (BUILTIN_TAGS.has(tag) ? `wx-${tag}` : tag);
