import { Button } from '@tarojs/components';
import type { ReactNode } from 'react';

export interface PhoneButtonProps {
  className: string;
  disabled: boolean;
  children: ReactNode;
  /** A code that the server exchanges for the number; valid five minutes, once. */
  onCode: (code: string) => void;
  /** She refused, or her phone could not. */
  onRefused: () => void;
}

/** WeChat hands out a phone number only on a tap of this very button. */
export function PhoneButton(props: PhoneButtonProps) {
  return (
    <Button
      id="join-phone"
      className={props.className}
      disabled={props.disabled}
      openType="getPhoneNumber"
      onGetPhoneNumber={(event) => {
        const { code } = event.detail;
        if (code) props.onCode(code);
        else props.onRefused();
      }}
    >
      {props.children}
    </Button>
  );
}
