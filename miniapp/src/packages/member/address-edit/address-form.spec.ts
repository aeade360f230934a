import { addressFaults, emptyAddress, trimmedAddress } from './address-form';

const complete = {
  recipient: ' 林小满 ',
  phone: '13800000001',
  province: '上海市',
  city: '上海市',
  district: '静安区',
  detail: '南京西路 1 号',
  isDefault: true,
};

describe('an address', () => {
  it('has no faults when it is complete, and is sent without blanks around', () => {
    expect(addressFaults(complete)).toEqual({});
    expect(trimmedAddress(complete).recipient).toBe('林小满');
  });

  it('says at each field what is missing', () => {
    const every = ['city', 'detail', 'district', 'phone', 'province', 'recipient'];
    expect(Object.keys(addressFaults(emptyAddress)).sort()).toEqual(every);
    expect(addressFaults({ ...complete, city: ' ', district: '' })).toEqual({
      city: '请填城市',
      district: '请填区或县',
    });
  });

  it.each(['1380000000', '138000000012', '23800000001', 'abcdefghijk'])('refuses %s as a mobile number', (phone) => {
    expect(addressFaults({ ...complete, phone })).toEqual({ phone: '请填 11 位手机号' });
  });
});
