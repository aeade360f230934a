export { MemberEntity } from './member.entity.js';
export { MemberIdentityEntity } from './member-identity.entity.js';
export { type Joining, type MaskedMember, Members, type WechatPerson } from './members.js';
export { MembersModule } from './members.module.js';
