/** The name under which scripts of templates find what WXS calls `constructor`. */
export const WXS_KIND = '__wxsKind';
