import { Text, View } from '@tarojs/components';
import { Icon, type IconName } from './Icon';
import { Press } from './Press';
import './Notice.scss';

interface Props {
  kind: 'empty' | 'error' | 'forbidden';
  icon: IconName;
  title: string;
  hint?: string;
  action?: { text: string; onPress: () => void };
}

/** What a screen says when it has nothing else to show, and what to do next. */
export function Notice({ kind, icon, title, hint, action }: Props) {
  return (
    <View className={`notice notice--${kind}`}>
      <View className="notice__circle">
        <Icon name={icon} className="notice__icon" />
      </View>
      <Text className="notice__title">{title}</Text>
      {hint === undefined ? null : <Text className="notice__hint">{hint}</Text>}
      {action === undefined ? null : (
        <Press className="notice__action button button--quiet" onPress={action.onPress}>
          {action.text}
        </Press>
      )}
    </View>
  );
}
