import { createHash } from 'node:crypto';
import type { Emulator } from '../emulator.js';
import type { Persona } from '../personas.js';
import type { Contact } from './wecom-desk.js';

/** Same person, same company, same id. */
export function externalUserIdOf({ credentials }: Emulator, persona: Persona): string {
  return `wm${createHash('sha256').update(`${credentials.corpId} ${persona.id}`).digest('base64url').slice(0, 30)}`;
}

export interface Adding {
  readonly persona: Persona;
  readonly userId: string;
  /** The code that she scanned; null: found by telephone number or card. */
  readonly configId: string | null;
  /** Added by her, not yet confirmed by the member. */
  readonly isHalf?: boolean;
}

/** A customer adds a member. Null: no such code, or not that member's. */
export function addContact(emulator: Emulator, { persona, userId, configId, isHalf = false }: Adding): Contact | null {
  const { wecom, clock, wecomPush } = emulator;
  const way = configId === null ? null : wecom.way(configId);
  if (way === undefined || !wecom.isMember(userId) || (way !== null && !way.users.includes(userId))) return null;
  const externalUserId = externalUserIdOf(emulator, persona);
  const known = wecom.find(userId, externalUserId);
  // Re-added after a deletion: the platform may leave the state out, so it does.
  const state = wecom.wasContact(userId, externalUserId) ? '' : (way?.state ?? '');
  const contact: Contact = known ?? {
    userId,
    externalUserId,
    personaId: persona.id,
    state,
    addedAt: clock.now(),
    tags: [],
    remark: persona.name,
    isChatting: false,
  };
  wecom.put(contact);
  const welcome = known === undefined ? wecom.giveWelcomeCode(userId, externalUserId) : null;
  wecomPush.send({
    Event: 'change_external_contact',
    ChangeType: isHalf ? 'add_half_external_contact' : 'add_external_contact',
    UserID: userId,
    ExternalUserID: externalUserId,
    ...(state !== '' && { State: state }),
    ...(welcome !== null && { WelcomeCode: welcome }),
  });
  return contact;
}

/** False: they are no contacts. */
export function endContact(emulator: Emulator, contact: Contact, by: 'member' | 'customer'): boolean {
  const { userId, externalUserId } = contact;
  if (!emulator.wecom.remove(userId, externalUserId)) return false;
  const ChangeType = by === 'member' ? 'del_external_contact' : 'del_follow_user';
  emulator.wecomPush.send({
    Event: 'change_external_contact',
    ChangeType,
    UserID: userId,
    ExternalUserID: externalUserId,
  });
  return true;
}

/** The member writes another remark. */
export function editContact(emulator: Emulator, contact: Contact, remark: string): void {
  emulator.wecom.put({ ...contact, remark });
  emulator.wecomPush.send({
    Event: 'change_external_contact',
    ChangeType: 'edit_external_contact',
    UserID: contact.userId,
    ExternalUserID: contact.externalUserId,
  });
}
