import { createHash } from 'node:crypto';

/** A person with a phone. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  /** As on the identity card: what `user_name` of a transfer is compared with. */
  readonly realName: string;
  readonly role: string;
  readonly openid: string;
  /** Null when the account is not bound to an Open Platform account. */
  readonly unionid: string | null;
  /** Without country code. */
  readonly phone: string;
  /** High-risk user: login answers 40226. */
  blocked: boolean;
  /** The paying account is frozen: refunds answer USER_ACCOUNT_ABNORMAL. */
  accountAbnormal: boolean;
}

const NAMED = [
  { id: 'xiaoyu', name: '小雨', realName: '林小雨', role: '顾客', phone: '13800138001' },
  { id: 'azhe', name: '阿哲', realName: '周哲', role: '顾客', phone: '13800138002' },
  { id: 'chenjing', name: '陈静', realName: '陈静', role: '导购', phone: '13800138003' },
];
const PERSONA_ID = /^[A-Za-z0-9_-]{1,32}$/;

function stableText(prefix: string, seed: string): string {
  return (
    prefix +
    createHash('sha256')
      .update(seed)
      .digest('base64url')
      .slice(0, 28 - prefix.length)
  );
}

function stablePhone(seed: string): string {
  const number = createHash('sha256').update(`phone ${seed}`).digest().readUInt32BE(0) % 100_000_000;
  return `139${String(number).padStart(8, '0')}`;
}

/** Three named people and any test user. An openid is the same after a restart, so a demo database keeps its members. */
export class Personas {
  private readonly byId = new Map<string, Persona>();

  constructor(
    private readonly appId: string,
    private readonly withUnionid: boolean,
  ) {
    for (const person of NAMED) this.add(person);
  }

  /** The person of that id, made on the fly; null when the id is not 1–32 letters, digits, `_` or `-`. */
  named(id: unknown): Persona | null {
    if (typeof id !== 'string' || !PERSONA_ID.test(id)) return null;
    return this.byId.get(id) ?? this.add({ id, name: id, realName: id, role: '测试用户', phone: stablePhone(id) });
  }

  byOpenid(openid: string): Persona | undefined {
    return this.all().find((persona) => persona.openid === openid);
  }

  all(): Persona[] {
    return [...this.byId.values()];
  }

  private add(person: Pick<Persona, 'id' | 'name' | 'realName' | 'role' | 'phone'>): Persona {
    const { id } = person;
    const persona: Persona = {
      ...person,
      openid: stableText('o', `openid ${this.appId} ${id}`),
      unionid: this.withUnionid ? stableText('u', `unionid ${id}`) : null,
      blocked: false,
      accountAbnormal: false,
    };
    this.byId.set(id, persona);
    return persona;
  }
}
