import { Input, Text, View } from '@tarojs/components';
import './Field.scss';

interface Props {
  id: string;
  label: string;
  value: string;
  placeholder: string;
  /** The keyboard. */
  type?: 'text' | 'number' | 'digit' | 'nickname';
  maxLength: number;
  /** What is wrong with it, in her words; stands at the field. */
  fault?: string | null;
  onChange: (value: string) => void;
  /** With what stands there: WeChat fills in a nickname without telling of it as input. */
  onLeave?: (value: string) => void;
}

/** One labelled line of a form with its fault underneath. */
export function Field(props: Props) {
  return (
    <View className={`field ${props.fault ? 'field--faulty' : ''}`}>
      <View className="field__row">
        <Text className="field__label">{props.label}</Text>
        <Input
          id={props.id}
          className="field__input"
          value={props.value}
          type={props.type ?? 'text'}
          maxlength={props.maxLength}
          placeholder={props.placeholder}
          placeholderClass="field__placeholder"
          onInput={(event) => props.onChange(event.detail.value)}
          onBlur={(event) => props.onLeave?.(event.detail.value)}
        />
      </View>
      {props.fault ? <Text className="field__fault">{props.fault}</Text> : null}
    </View>
  );
}
