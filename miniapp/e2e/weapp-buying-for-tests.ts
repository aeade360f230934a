import type { WeappPerson } from './weapp-person-for-tests.js';

/** In the sheet of options: one value of each. */
export async function choosesOptions(person: WeappPerson, ...values: string[]): Promise<void> {
  for (const value of values) await person.taps('.sku-option__value', value);
  await person.reads(`已选 ${values.join(' / ')}`);
}

/** From a product that is shown to its checkout; without values the first that is in stock. */
export async function buysNow(person: WeappPerson, ...values: string[]): Promise<void> {
  await person.taps('#buy-now');
  if (values.length > 0) await choosesOptions(person, ...values);
  else await person.choosesFirst();
  await person.taps('#sku-confirm');
  await person.arrivesAt('packages/shop/checkout/index');
}

/** Presses the one button of WeChat's cashier. */
export const pays = (person: WeappPerson): Promise<void> =>
  person.answers('payment', () => person.surroundings.pressesOnPlatform('button.primary'));

/** Closes WeChat's cashier. */
export const leavesCashier = (person: WeappPerson): Promise<void> =>
  person.answers('payment', () => person.native.closePaymentDialog());
