/**
 * Every text that people of the mini-program send in their own words, by endpoint and field, and who reads it.
 *
 * `checked`: other people may see it, so it is shown once WeChat or HQ has passed it.
 * `staff`: she and those who work on her order or request read it, nobody else; WeChat's check is for what is shown.
 *
 * What is not in anybody's words is left out by {@link IS_NO_WORDS}: ids, codes, versions.
 */
export const TEXTS_PEOPLE_WRITE: Readonly<Record<string, 'checked' | 'staff'>> = {
  'PUT /api/me/nickname nickname': 'checked',
  'POST /api/me/join nickname': 'checked',
  // On the parcel, for fulfilment and the carrier.
  'POST /api/me/addresses recipient': 'staff',
  'POST /api/me/addresses phone': 'staff',
  'POST /api/me/addresses province': 'staff',
  'POST /api/me/addresses city': 'staff',
  'POST /api/me/addresses district': 'staff',
  'POST /api/me/addresses detail': 'staff',
  'PUT /api/me/addresses/{id} recipient': 'staff',
  'PUT /api/me/addresses/{id} phone': 'staff',
  'PUT /api/me/addresses/{id} province': 'staff',
  'PUT /api/me/addresses/{id} city': 'staff',
  'PUT /api/me/addresses/{id} district': 'staff',
  'PUT /api/me/addresses/{id} detail': 'staff',
  // For who packs the order.
  'POST /api/orders remark': 'staff',
  // A guide to HQ, which decides.
  'POST /api/guide/orders/{id}/dispute note': 'staff',
  // Sealed; compared by WeChat, shown masked to herself.
  'PUT /api/guide/payee-name name': 'staff',
};

export const IS_NO_WORDS = /(^id|Ids?(\[\])?|[cC]ode|Hash|[vV]ersion|Key)$/;

/** Fields of the list that no answer to a guide or to a stranger may have. */
export const FOR_STAFF_ALONE: readonly string[] = ['remark', 'recipient', 'detail'];
