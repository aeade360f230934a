/** Which word brings about which label. Made up, so that a test or a demonstration can ask for a verdict. */
export const TRIGGER_WORDS = [
  { word: '加微信领红包', label: 10001, meaning: '广告' },
  { word: '时政敏感', label: 20001, meaning: '时政' },
  { word: '色情', label: 20002, meaning: '色情' },
  { word: '辱骂', label: 20003, meaning: '辱骂' },
  { word: '违法犯罪', label: 20006, meaning: '违法犯罪' },
  { word: '欺诈', label: 20008, meaning: '欺诈' },
  { word: '低俗', label: 20012, meaning: '低俗' },
  { word: '盗版', label: 20013, meaning: '版权' },
  { word: '违禁', label: 21000, meaning: '其他' },
] as const;

/** In the same text, it turns `risky` into `review`. */
export const DOUBT_WORD = '疑似';

export const LABELS: readonly number[] = [100, ...TRIGGER_WORDS.map(({ label }) => label)];
