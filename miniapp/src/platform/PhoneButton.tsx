import { Button } from '@tarojs/components';
import type { ReactNode } from 'react';
import { type PrivacyFault, privacyFaultOf } from './privacy-fault';

/** `exhausted`: the shop's share of numbers at WeChat is used up. `none`: she refused, or her phone could not. */
export type PhoneRefusal = PrivacyFault | 'exhausted' | 'none';

export interface PhoneButtonProps {
  className: string;
  disabled: boolean;
  children: ReactNode;
  /** A code that the server exchanges for the number; valid five minutes, once. */
  onCode: (code: string) => void;
  onRefused: (why: PhoneRefusal) => void;
}

const EXHAUSTED = 1_400_001;

function refusalOf(detail: { errno?: number }): PhoneRefusal {
  return detail.errno === EXHAUSTED ? 'exhausted' : (privacyFaultOf(detail) ?? 'none');
}

/**
 * WeChat hands out a phone number only on a tap of this very button, which agrees to its privacy guideline as well:
 * one question instead of two.
 */
export function PhoneButton(props: PhoneButtonProps) {
  return (
    <Button
      id="join-phone"
      className={props.className}
      disabled={props.disabled}
      openType="getPhoneNumber|agreePrivacyAuthorization"
      onGetPhoneNumber={({ detail }) => {
        if (detail.code) props.onCode(detail.code);
        else props.onRefused(refusalOf(detail as { errno?: number }));
      }}
    >
      {props.children}
    </Button>
  );
}
