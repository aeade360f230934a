import { Picker, Text, View } from '@tarojs/components';
import { Field } from '../../../components/Field';
import type { RegionFieldProps } from './RegionField';

const provinces = [
  '北京市',
  '天津市',
  '上海市',
  '重庆市',
  '河北省',
  '山西省',
  '辽宁省',
  '吉林省',
  '黑龙江省',
  '江苏省',
  '浙江省',
  '安徽省',
  '福建省',
  '江西省',
  '山东省',
  '河南省',
  '湖北省',
  '湖南省',
  '广东省',
  '海南省',
  '四川省',
  '贵州省',
  '云南省',
  '陕西省',
  '甘肃省',
  '青海省',
  '内蒙古自治区',
  '广西壮族自治区',
  '西藏自治区',
  '宁夏回族自治区',
  '新疆维吾尔自治区',
  '香港特别行政区',
  '澳门特别行政区',
  '台湾省',
];

/** A browser has no wheel of regions: the province, which decides the freight, is chosen; the rest is written. */
export function RegionField({ value, faults, onChange }: RegionFieldProps) {
  // In the four municipalities the city is the province.
  const choose = (province: string) =>
    onChange({ ...value, province, city: province.endsWith('市') ? province : value.city });
  return (
    <>
      <View className={`field ${faults.province ? 'field--faulty' : ''}`}>
        <Picker
          id="address-province"
          mode="selector"
          range={provinces}
          value={Math.max(0, provinces.indexOf(value.province))}
          onChange={(event) => choose(provinces[Number(event.detail.value)] ?? '')}
        >
          <View className="field__row">
            <Text className="field__label">省份</Text>
            <Text className={`region ${value.province === '' ? 'region--empty' : ''}`}>
              {value.province || '选择省份'}
            </Text>
          </View>
        </Picker>
        {faults.province ? <Text className="field__fault">{faults.province}</Text> : null}
      </View>
      <Field
        id="address-city"
        label="城市"
        value={value.city}
        placeholder="如 杭州市"
        maxLength={20}
        fault={faults.city}
        onChange={(city) => onChange({ ...value, city })}
      />
      <Field
        id="address-district"
        label="区县"
        value={value.district}
        placeholder="如 西湖区"
        maxLength={20}
        fault={faults.district}
        onChange={(district) => onChange({ ...value, district })}
      />
    </>
  );
}
