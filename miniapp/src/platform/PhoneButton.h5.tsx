import { Button } from '@tarojs/components';
import type { PhoneButtonProps } from './PhoneButton';
import { phoneCode } from './wechat.h5';

export function PhoneButton(props: PhoneButtonProps) {
  return (
    <Button
      className={props.className}
      disabled={props.disabled}
      onClick={() => {
        if (!props.disabled) phoneCode().then(props.onCode, props.onRefused);
      }}
    >
      {props.children}
    </Button>
  );
}
