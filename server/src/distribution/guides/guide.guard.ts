import { GuideStatus } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/auth/actor.js';
import { CustomersOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { type Guide, Guides } from './guides.js';

const WHICH = Symbol('which-guides');
type Which = 'active' | 'serving' | 'ever';
type WithGuide = FastifyRequest & { actor?: Actor; guide?: Guide };

const ALLOWED: Record<Which, readonly GuideStatus[]> = {
  active: [GuideStatus.Active],
  serving: [GuideStatus.Active, GuideStatus.Suspended],
  ever: [GuideStatus.Active, GuideStatus.Suspended, GuideStatus.Left],
};

/** Runs after the global AuthGuard and lets a guide in whose status the endpoint takes; 403 `not-guide` otherwise. */
@Injectable()
export class GuideGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly guides: Guides,
    private readonly database: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const which = this.reflector.getAllAndOverride<Which | undefined>(WHICH, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<WithGuide>();
    const memberId = request.actor?.kind === 'member' ? request.actor.memberId : null;
    const guide = memberId === null ? null : await this.guides.byMember(this.database, memberId);
    if (guide === null || !ALLOWED[which ?? 'active'].includes(guide.status)) {
      throw new ProblemError(ProblemType.NotGuide, { detail: '仅限导购使用' });
    }
    request.guide = guide;
    return true;
  }
}

/**
 * Guides only. `active`: who may sell now. `serving`: suspended ones too, since a suspension loses nothing (R2.4).
 * `ever`: also who left, since she is still paid for what she sold. The module must import GuidesModule.
 */
export const GuidesOnly = (which: Which = 'serving') =>
  applyDecorators(CustomersOnly(), SetMetadata(WHICH, which), UseGuards(GuideGuard));

/** The guide who asks; only where {@link GuidesOnly} stands. */
export const CurrentGuide = createParamDecorator((_: unknown, context: ExecutionContext): Guide => {
  const { guide } = context.switchToHttp().getRequest<WithGuide>();
  if (guide === undefined) throw new ProblemError(ProblemType.NotGuide);
  return guide;
});
