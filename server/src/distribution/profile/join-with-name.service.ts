import type { JoinRequest } from '@mall/shared/membership';
import { TextKind } from '@mall/shared/texts';
import { Injectable } from '@nestjs/common';
import { SubmitText } from '../../membership/texts/texts.public.js';
import { JoinMembership } from './join-membership.service.js';

/** Joining, and the name that she gave with it: others see that once it is passed, and it hinders no joining (§9). */
@Injectable()
export class JoinWithName {
  constructor(
    private readonly join: JoinMembership,
    private readonly submit: SubmitText,
  ) {}

  /** Throws what {@link JoinMembership} throws. @returns her id from now on */
  async execute(memberId: string, request: JoinRequest): Promise<string> {
    const standingId = await this.join.execute(memberId, request);
    // Whose number led to another entry of hers keeps the name that she has there.
    if (request.nickname !== undefined && standingId === memberId) {
      await this.submit.execute({ kind: TextKind.Nickname, memberId }, request.nickname);
    }
    return standingId;
  }
}
