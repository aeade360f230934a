import { Button } from '@tarojs/components';
import type { ReactNode } from 'react';
import { AGREE_BUTTON } from './privacy';

export interface AgreeButtonProps {
  className: string;
  onAgree: () => void;
  children: ReactNode;
}

/** WeChat takes her agreement only from a tap of this very button. */
export function AgreeButton({ className, onAgree, children }: AgreeButtonProps) {
  return (
    <Button
      id={AGREE_BUTTON}
      className={className}
      openType="agreePrivacyAuthorization"
      onAgreePrivacyAuthorization={onAgree}
    >
      {children}
    </Button>
  );
}
