import { Picker, Text, View } from '@tarojs/components';
import type { AddressFaults } from './address-form';

export interface Region {
  province: string;
  city: string;
  district: string;
}

export interface RegionFieldProps {
  value: Region;
  faults: AddressFaults;
  onChange: (region: Region) => void;
}

/** WeChat's own wheel of provinces, cities and districts. */
export function RegionField({ value, faults, onChange }: RegionFieldProps) {
  const fault = faults.province ?? faults.city ?? faults.district;
  const chosen = value.province === '' ? '' : [value.province, value.city, value.district].join(' ');
  return (
    <View className={`field ${fault ? 'field--faulty' : ''}`}>
      <Picker
        id="address-region"
        mode="region"
        value={[value.province, value.city, value.district]}
        onChange={(event) => {
          const [province = '', city = '', district = ''] = event.detail.value;
          onChange({ province, city, district });
        }}
      >
        <View className="field__row">
          <Text className="field__label">所在地区</Text>
          <Text className={`region ${chosen === '' ? 'region--empty' : ''}`}>{chosen || '选择省市区'}</Text>
        </View>
      </Picker>
      {fault ? <Text className="field__fault">{fault}</Text> : null}
    </View>
  );
}
