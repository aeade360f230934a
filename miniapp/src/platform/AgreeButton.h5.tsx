import { Press } from '../components/Press';
import type { AgreeButtonProps } from './AgreeButton';
import { AGREE_BUTTON } from './privacy';

export function AgreeButton({ className, onAgree, children }: AgreeButtonProps) {
  return (
    <Press id={AGREE_BUTTON} className={className} onPress={onAgree}>
      {children}
    </Press>
  );
}
