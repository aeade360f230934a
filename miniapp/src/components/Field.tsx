import { Input, Text, View } from '@tarojs/components';
import './Field.scss';

interface Props {
  id: string;
  label: string;
  value: string;
  placeholder: string;
  /** The keyboard. */
  type?: 'text' | 'number' | 'digit';
  maxLength: number;
  /** What is wrong with it, in her words; stands at the field. */
  fault?: string | null;
  onChange: (value: string) => void;
  onLeave?: () => void;
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
          onBlur={props.onLeave}
        />
      </View>
      {props.fault ? <Text className="field__fault">{props.fault}</Text> : null}
    </View>
  );
}
