import type { Address, AddressInput } from '@mall/shared/membership';
import { Switch, Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { createAddress, deleteAddress, fetchAddresses, updateAddress } from '../../../api/member-endpoints';
import { type ApiProblem, textOf } from '../../../api/problem';
import { Field } from '../../../components/Field';
import { Press } from '../../../components/Press';
import { ProblemNotice } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { confirm, say, setTitle } from '../../../platform/feedback';
import { back } from '../../../platform/navigation';
import { chooseAddress } from '../../../state/checkout-draft';
import { useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';
import { type AddressFaults, addressFaults, emptyAddress, trimmedAddress } from './address-form';
import { RegionField } from './RegionField';
import './index.scss';

/** The server's faults at the fields that they name. */
function faultsOf(problem: ApiProblem): AddressFaults {
  const faults: AddressFaults = {};
  for (const key of Object.keys(emptyAddress) as (keyof AddressInput)[]) {
    if (problem.faultAt(key) !== undefined) faults[key] = '这里好像不对，请检查';
  }
  return faults;
}

function useForm(initial: AddressInput, id: string | undefined, picking: boolean) {
  const [input, setInput] = useState(initial);
  const [faults, setFaults] = useState<AddressFaults>({});
  const change = (part: Partial<AddressInput>) => {
    setInput((before) => ({ ...before, ...part }));
    // A fault goes away while she mends it; whether it is mended is checked on saving.
    setFaults((before) => ({ ...before, ...Object.fromEntries(Object.keys(part).map((key) => [key, undefined])) }));
  };
  const save = useAction(
    async () => {
      const found = addressFaults(input);
      setFaults(found);
      if (Object.keys(found).length > 0) return;
      const sent = trimmedAddress(input);
      const saved = id === undefined ? await createAddress(sent) : await updateAddress(id, sent);
      if (picking) chooseAddress(saved);
      back();
    },
    (problem) => {
      setFaults(faultsOf(problem));
      say(textOf(problem));
    },
  );
  const remove = useAction(async () => {
    if (id === undefined) return;
    const agreed = await confirm({ title: '删除地址', content: '以前的订单不受影响。', agree: '删除' });
    if (!agreed) return;
    await deleteAddress(id);
    back();
  });
  return { input, faults, change, save, remove };
}

function DefaultSwitch({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <View className="address-edit__switch">
      <Text>设为默认地址</Text>
      <Switch
        id="address-default"
        checked={checked}
        color="#C8471F"
        onChange={(event) => onChange(event.detail.value)}
      />
    </View>
  );
}

function Form({ initial, id, picking }: { initial: AddressInput; id: string | undefined; picking: boolean }) {
  const { input, faults, change, save, remove } = useForm(initial, id, picking);
  return (
    <View className="page page--with-bar address-edit">
      <View className="card address-edit__card">
        <Field
          id="address-recipient"
          label="收货人"
          value={input.recipient}
          placeholder="名字"
          maxLength={30}
          fault={faults.recipient}
          onChange={(recipient) => change({ recipient })}
        />
        <Field
          id="address-phone"
          label="手机号"
          value={input.phone}
          placeholder="11 位手机号"
          type="number"
          maxLength={11}
          fault={faults.phone}
          onChange={(phone) => change({ phone })}
        />
        <RegionField value={input} faults={faults} onChange={(region) => change(pickRegion(region))} />
        <Field
          id="address-detail"
          label="详细地址"
          value={input.detail}
          placeholder="街道、小区、门牌号"
          maxLength={100}
          fault={faults.detail}
          onChange={(detail) => change({ detail })}
        />
        <DefaultSwitch checked={input.isDefault} onChange={(isDefault) => change({ isDefault })} />
      </View>
      {id === undefined ? null : (
        <Press id="delete-address" className="address-edit__delete" busy={remove.busy} onPress={remove.run}>
          删除这个地址
        </Press>
      )}
      <View className="action-bar">
        <Press
          id="save-address"
          className="action-bar__grow button button--primary"
          busy={save.busy}
          onPress={save.run}
        >
          保存
        </Press>
      </View>
    </View>
  );
}

function pickRegion({ province, city, district }: Pick<AddressInput, 'province' | 'city' | 'district'>) {
  return { province, city, district };
}

function inputOf({ id: _id, ...input }: Address): AddressInput {
  return input;
}

export default function AddressEditPage() {
  const { id, pick } = useRouter().params;
  useEffect(() => setTitle(id === undefined ? '新增地址' : '编辑地址'), [id]);
  const query = useQuery(id ?? null, fetchAddresses);
  if (id === undefined) return <Form initial={emptyAddress} id={undefined} picking={pick !== undefined} />;
  if (query.data === null) {
    if (query.problem === null || query.loading) return <ListSkeleton count={2} />;
    return <ProblemNotice problem={query.problem} retry={() => void query.reload()} />;
  }
  const address = query.data.find((entry) => entry.id === id);
  return <Form initial={address === undefined ? emptyAddress : inputOf(address)} id={address?.id} picking={false} />;
}
