import type { GuideChip } from '@mall/shared/membership';
import { Text, View } from '@tarojs/components';
import { guideText } from '../strings';
import './GuideBadge.scss';

/** `陈静 · 静安店 推荐`: through whom this was opened. */
export function GuideBadge({ guide, suffix = '推荐' }: { guide: GuideChip; suffix?: string }) {
  return (
    <View className="guide-badge">
      <View className="guide-badge__face">{guide.name.slice(0, 1)}</View>
      <Text className="guide-badge__text">{`${guideText(guide)} ${suffix}`.trim()}</Text>
    </View>
  );
}
