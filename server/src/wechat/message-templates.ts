import { MessageKind } from '@mall/shared/subscriptions';

/** A template of this shop's account: its id, and which of its keys carries what. */
export interface MessageTemplate {
  readonly id: string;
  /** Our word for a value → the template's key, `thing1`. A key is its type and a number (§4). */
  readonly keys: Readonly<Record<string, string>>;
}

export type MessageTemplates = Readonly<Partial<Record<MessageKind, MessageTemplate>>>;

/** What each message can say. A shop's template may carry fewer of them, under other keys. */
export const DEFAULT_KEYS: Readonly<Record<MessageKind, Readonly<Record<string, string>>>> = {
  'order-shipped': {
    goods: 'thing1',
    orderNumber: 'character_string2',
    carrier: 'thing3',
    trackingNumber: 'character_string4',
    time: 'time5',
  },
  'coupon-expiring': { coupon: 'thing1', time: 'time2', hint: 'thing3' },
  'commission-available': { amount: 'amount1', time: 'time2', hint: 'thing3' },
  'payout-arrived': { amount: 'amount1', time: 'time2', hint: 'thing3' },
  'rate-changed': { goods: 'thing1', rate: 'thing2', time: 'time3' },
};

const TYPES = 'thing|number|letter|symbol|character_string|time|date|amount|phone_number|car_number|name|phrase';
const KEY = new RegExp(`^(${TYPES})\\d{1,3}$`);
const TEMPLATE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The type of a template's key, `thing` of `thing1`; null: WeChat knows no such type. */
export function typeOfKey(key: string): string | null {
  return KEY.exec(key)?.[1] ?? null;
}

/** The emulator takes every well-formed id. */
export function demoTemplates(): MessageTemplates {
  return Object.fromEntries(
    Object.values(MessageKind).map((kind) => [kind, { id: `demo-${kind}`, keys: DEFAULT_KEYS[kind] }]),
  );
}

/**
 * Reads `{"order-shipped": {"id": "…", "keys"?: {"goods": "thing1", …}}, …}`. Each fault is one sentence.
 *
 * @returns the templates that are well-formed
 */
export function readTemplates(
  value: Readonly<Record<string, unknown>>,
  fault: (sentence: string) => void,
): MessageTemplates {
  const kinds: readonly string[] = Object.values(MessageKind);
  const templates: Partial<Record<MessageKind, MessageTemplate>> = {};
  for (const [kind, entry] of Object.entries(value)) {
    if (!kinds.includes(kind)) {
      fault(`there is no message "${kind}"; known are ${kinds.join(', ')}`);
      continue;
    }
    const template = templateOf(kind as MessageKind, entry, fault);
    if (template !== null) templates[kind as MessageKind] = template;
  }
  return templates;
}

function templateOf(kind: MessageKind, entry: unknown, fault: (sentence: string) => void): MessageTemplate | null {
  const { id, keys = DEFAULT_KEYS[kind] } = (typeof entry === 'object' && entry !== null ? entry : {}) as {
    id?: unknown;
    keys?: unknown;
  };
  if (typeof id !== 'string' || !TEMPLATE_ID.test(id)) {
    fault(`"${kind}" has no template id of WeChat's`);
    return null;
  }
  const pairs = typeof keys === 'object' && keys !== null ? Object.entries(keys) : [];
  const words = Object.keys(DEFAULT_KEYS[kind]);
  const faulty = pairs.filter(
    ([word, key]) => !words.includes(word) || typeof key !== 'string' || typeOfKey(key) === null,
  );
  for (const [word] of faulty) fault(`"${kind}": "${word}" must be one of ${words.join(', ')} with a key like thing1`);
  if (pairs.length === 0) fault(`"${kind}" says nothing: its keys are empty`);
  return pairs.length === 0 || faulty.length > 0
    ? null
    : { id, keys: Object.fromEntries(pairs) as Record<string, string> };
}
