import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './Icon';
import { Press } from './Press';
import './Sheet.scss';

interface Props {
  className: string;
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Its one action. */
  foot?: ReactNode;
}

/** A panel from below over the page; a tap beside it closes it. */
export function Sheet({ className, title, onClose, children, foot }: Props) {
  return (
    <View className={`sheet ${className}`} catchMove>
      <View className="sheet__scrim" onClick={onClose} />
      <View className="sheet__panel">
        <View className="sheet__head">
          <Text className="sheet__title">{title}</Text>
          <Press className="sheet__close" label="关闭" onPress={onClose}>
            <Icon name="close" />
          </Press>
        </View>
        <View className="sheet__body">{children}</View>
        {foot === undefined ? null : <View className="sheet__foot">{foot}</View>}
      </View>
    </View>
  );
}
