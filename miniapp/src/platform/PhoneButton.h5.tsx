import { Press } from '../components/Press';
import type { PhoneButtonProps } from './PhoneButton';
import { agreeByButton } from './privacy.h5';
import { phoneCode } from './wechat.h5';

export function PhoneButton(props: PhoneButtonProps) {
  return (
    <Press
      id="join-phone"
      className={props.className}
      busy={props.disabled}
      onPress={() => {
        agreeByButton();
        phoneCode().then(props.onCode, () => props.onRefused('none'));
      }}
    >
      {props.children}
    </Press>
  );
}
