import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { sealedProperties } from '../src/platform/crypto/sealed-columns.js';
import { ENTITIES } from '../src/schema.js';

const SOURCES = join(process.cwd(), 'server', 'src');
/** What a column is called that may tell who somebody is. */
const PERSONAL =
  /openid|unionid|phone|nick|avatar|birth|gender|recipient|addressee|receiver|payer|payee|account$|realname|^name|(^|[a-z])Name$|sealed|address|^ip|Ip$|email|userid|remark/i;

/** Which file erases it when an account is closed: the file names the column, or deletes the rows of its table. */
const ERASED_BY: Record<string, string> = {
  'members.unionid': 'membership/privacy/closing-entry.ts',
  'members.nickname': 'membership/privacy/closing-entry.ts',
  'members.phoneSealed': 'membership/privacy/closing-entry.ts',
  'members.phoneHash': 'membership/privacy/closing-entry.ts',
  'members.phoneTail': 'membership/privacy/closing-entry.ts',
  'member_cases.phoneHash': 'membership/privacy/closing-entry.ts',
  'member_identities.openid': 'membership/privacy/closing-entry.ts',
  'data_exports.contentSealed': 'membership/privacy/personal-entry.part.ts',
  'written_texts.textSealed': 'membership/texts/personal-texts.part.ts',
  'message_grants.openid': 'membership/messages/personal-messages.part.ts',
  'message_answers.openid': 'membership/messages/personal-messages.part.ts',
  'addresses.personSealed': 'membership/addresses/personal-addresses.part.ts',
  'orders.addressSealed': 'mall/orders/personal-orders.part.ts',
  'orders.pickupCodeSealed': 'mall/orders/personal-orders.part.ts',
  'orders.remark': 'mall/orders/personal-orders.part.ts',
  'payments.payerOpenid': 'mall/payments/personal-payments.part.ts',
  'shipping_uploads.payerOpenid': 'mall/shipping/personal-shipping.part.ts',
  'shipping_uploads.receiverContact': 'mall/shipping/personal-shipping.part.ts',
  'payee_names.nameSealed': 'distribution/payouts/payee-names.ts',
  'payout_transfers.payeeAccount': 'distribution/payouts/personal-payouts.part.ts',
  'wecom_contacts.unionid': 'distribution/wecom/personal-wecom.part.ts',
};

/** Why it stays, or is nobody's. */
const REASONS: [string, string[]][] = [
  [
    'a name of goods, of a place, of a rule or of a piece of the program',
    [
      ...['brands.name', 'brands.nameKey', 'categories.name', 'coupon_campaigns.name', 'coupon_templates.name'],
      ...['freight_rules.name', 'stores.name', 'outbox_handled.handlerName'],
      ...['setting_groups.settingName', 'setting_versions.settingName'],
    ],
  ],
  [
    'somebody of headquarters, who signs for what was done',
    ['audit_entries.actorName', 'hq_login_attempts.username', 'hq_users.username'],
  ],
  ['under which she sold: statements and receipts of others name it', ['guides.name', 'guide_invitations.guideName']],
  ['her number in the company’s own WeCom', ['wecom_guides.wecomUserId', 'wecom_contact_ways.wecomUserId']],
  [
    'WeCom’s numbers of a contact, who is linked to nobody here once the account is closed',
    ['wecom_contacts.externalUserId', 'wecom_contacts.wecomUserId'],
  ],
  [
    'goes when its transfer ends, and an account with money under way is not closed',
    ['payout_transfers.payeeNameSealed'],
  ],
  [
    'an id or a kind: the ledger and its documents are kept by law, pseudonymous',
    [
      ...['commission_entries.payeeId', 'commission_entries.payeeKind', 'guides.payeeType'],
      ...['commission_moves.fromPayeeId', 'commission_moves.toPayeeId', 'payout_requests.payeeType'],
      ...['ledger_balances.account', 'ledger_transactions.payee'],
    ],
  ],
];
const STAYS = new Map(REASONS.flatMap(([reason, columns]) => columns.map((column) => [column, reason] as const)));

/** `table.column` of the whole schema. */
function columnsOfTheSchema(): string[] {
  const { tables, columns } = getMetadataArgsStorage();
  const nameOf = new Map(tables.map(({ target, name }) => [target, String(name)]));
  return columns
    .filter(({ target }) => ENTITIES.includes(target as (typeof ENTITIES)[number]))
    .map(({ target, propertyName }) => `${nameOf.get(target)}.${propertyName}`)
    .sort();
}

describe('every column that may tell who somebody is (PIPL)', () => {
  const all = columnsOfTheSchema();
  const sealed = new Set(sealedProperties().map(({ property }) => property));
  const isPersonal = (name: string): boolean => PERSONAL.test(name) || sealed.has(name);
  const personal = all.filter((column) => isPersonal(column.split('.')[1] ?? ''));

  it('§8: is erased with the account, or has a written reason to stay', () => {
    expect(personal.length).toBeGreaterThan(40);
    const undecided = personal.filter((column) => !(column in ERASED_BY) && !STAYS.has(column));
    expect(undecided).toEqual([]);
  });

  it('§8: no decision is about a column that is gone', () => {
    const decided = [...Object.keys(ERASED_BY), ...STAYS.keys()];
    expect(decided.filter((column) => !all.includes(column))).toEqual([]);
  });

  it.each(Object.entries(ERASED_BY))('§8: %s is named by %s, which erases it', (column, file) => {
    const source = readFileSync(join(SOURCES, file), 'utf8');
    const [table = '', name = ''] = column.split('.');
    const clears = new RegExp(`UPDATE ${table} SET[^;]*${name} = `).test(source);
    expect(clears || source.includes(`DELETE FROM ${table} WHERE`)).toBe(true);
  });
});
