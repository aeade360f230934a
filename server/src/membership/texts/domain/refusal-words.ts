const WRONG: Readonly<Record<number, string>> = {
  10001: '像是广告或联系方式',
  20001: '含有不适合展示的内容',
  20002: '含有不适合展示的内容',
  20003: '含有不友善的字眼',
  20006: '含有不适合展示的内容',
  20008: '容易让人误会的内容',
  20012: '含有不雅的字眼',
  20013: '可能用了别人的品牌或作品名',
};

/** What she reads when WeChat refuses a text: what is wrong with it, as far as the label tells, and what to do. */
export function refusalWords(label: number): string {
  return `${WRONG[label] ?? '含有不适合展示的内容'}，换一个就好`;
}
