import { ScrollView, View } from '@tarojs/components';
import { Press } from './Press';
import './Tabs.scss';

interface Props {
  tabs: { key: string; text: string }[];
  chosen: string;
  onChoose: (key: string) => void;
}

/** The same list under different filters. */
export function Tabs({ tabs, chosen, onChoose }: Props) {
  return (
    <ScrollView className="tabs" scrollX enhanced showScrollbar={false}>
      <View className="tabs__row">
        {tabs.map((tab) => (
          <Press
            key={tab.key}
            className={`tabs__item tabs__item--${tab.key || 'all'} ${tab.key === chosen ? 'is-chosen' : ''}`}
            onPress={() => onChoose(tab.key)}
          >
            {tab.text}
          </Press>
        ))}
      </View>
    </ScrollView>
  );
}
