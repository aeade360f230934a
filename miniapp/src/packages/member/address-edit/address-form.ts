/** What a complete address is, as pure checks; the server checks again. */
import type { AddressInput } from '@mall/shared/membership';

export const emptyAddress: AddressInput = {
  recipient: '',
  phone: '',
  province: '',
  city: '',
  district: '',
  detail: '',
  isDefault: false,
};

export type AddressFaults = Partial<Record<keyof AddressInput, string>>;

/** The fault of every field that can't be sent yet, in the customer's words; empty when all is well. */
export function addressFaults(input: AddressInput): AddressFaults {
  const faults: AddressFaults = {};
  if (input.recipient.trim() === '') faults.recipient = '请写收货人的名字';
  if (!/^1\d{10}$/.test(input.phone.trim())) faults.phone = '请填 11 位手机号';
  if (input.province === '') faults.province = '请选择省份';
  if (input.city.trim() === '') faults.city = '请填城市';
  if (input.district.trim() === '') faults.district = '请填区或县';
  if (input.detail.trim().length < 3) faults.detail = '请写到门牌号';
  return faults;
}

/** As it is sent: without the blanks around. */
export function trimmedAddress(input: AddressInput): AddressInput {
  return {
    ...input,
    recipient: input.recipient.trim(),
    phone: input.phone.trim(),
    city: input.city.trim(),
    district: input.district.trim(),
    detail: input.detail.trim(),
  };
}
