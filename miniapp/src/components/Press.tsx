import { View } from '@tarojs/components';
import type { ReactNode } from 'react';

interface Props {
  className: string;
  onPress: () => void;
  id?: string;
  disabled?: boolean;
  /** Work is under way: looks alive, can't be pressed again. */
  busy?: boolean;
  label?: string;
  children: ReactNode;
}

/** Everything that can be tapped: answers at once, and never twice while it is busy. */
export function Press({ className, onPress, id, disabled = false, busy = false, label, children }: Props) {
  const off = disabled || busy;
  return (
    <View
      id={id}
      className={`${className}${disabled ? ' is-disabled' : ''}${busy ? ' is-busy' : ''}`}
      hoverClass={off ? 'none' : 'tapped'}
      hoverStayTime={80}
      ariaRole="button"
      ariaLabel={label}
      onClick={(event) => {
        event.stopPropagation();
        if (!off) onPress();
      }}
    >
      {children}
    </View>
  );
}
