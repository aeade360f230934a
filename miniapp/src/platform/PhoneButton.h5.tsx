import { Press } from '../components/Press';
import type { PhoneButtonProps } from './PhoneButton';
import { phoneCode } from './wechat.h5';

export function PhoneButton(props: PhoneButtonProps) {
  return (
    <Press
      id="join-phone"
      className={props.className}
      busy={props.disabled}
      onPress={() => {
        phoneCode().then(props.onCode, props.onRefused);
      }}
    >
      {props.children}
    </Press>
  );
}
