/** Grounds of the pictures: one pair of tints a category, from the shop's own palette (paper, persimmon, pine). */
export interface Tint {
  light: string;
  deep: string;
  table: string;
}

export const DEMO_TINTS: Record<string, Tint> = {
  服饰: { light: '#F7F1E7', deep: '#E9DBC6', table: '#DDCBB1' },
  配饰: { light: '#FBEEE6', deep: '#F2D2C1', table: '#E8BDA6' },
  家居: { light: '#EDF3EF', deep: '#CFDFD6', table: '#B7CEC2' },
  洗护: { light: '#F1F3F5', deep: '#D5DFE6', table: '#BFCED8' },
  食饮: { light: '#FCF5E3', deep: '#F3E0B4', table: '#E7CD92' },
};

export const PLAIN_TINT: Tint = { light: '#FAF7F2', deep: '#ECE6DD', table: '#DDD5C8' };
