import { Text, View } from '@tarojs/components';
import { Icon } from './Icon';
import { Press } from './Press';
import './Stepper.scss';

interface Props {
  quantity: number;
  most: number;
  onChange: (quantity: number) => void;
}

/** Fewer, how many, more. */
export function Stepper({ quantity, most, onChange }: Props) {
  return (
    <View className="stepper">
      <Press
        className="stepper__button stepper__less"
        label="减少一件"
        disabled={quantity <= 1}
        onPress={() => onChange(quantity - 1)}
      >
        <Icon name="minus" className="stepper__icon" />
      </Press>
      <Text className="stepper__quantity">{quantity}</Text>
      <Press
        className="stepper__button stepper__more"
        label="增加一件"
        disabled={quantity >= most}
        onPress={() => onChange(quantity + 1)}
      >
        <Icon name="plus" className="stepper__icon" />
      </Press>
    </View>
  );
}
