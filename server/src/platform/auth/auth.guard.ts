import type { HqRole } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Database } from '../database/database.js';
import { ProblemError, sessionExpired } from '../http/problem.js';
import type { Actor, HqActor, MemberActor } from './actor.js';
import { SessionStore } from './session-store.js';

const ACCESS = Symbol('access');
type Access = { kind: 'anyone' } | { kind: 'member' } | { kind: 'hq'; roles: readonly HqRole[] };
type WithActor = FastifyRequest & { actor?: Actor };

/** No sign-in needed. Without one of these marks an endpoint is closed to everybody. */
export const OpenToAnyone = () => SetMetadata(ACCESS, { kind: 'anyone' } satisfies Access);
/** Any signed-in person of the mini-program, joined or not. */
export const CustomersOnly = () => SetMetadata(ACCESS, { kind: 'member' } satisfies Access);
/** HQ users with one of these roles. The owner may do everything. */
export const HqOnly = (...roles: HqRole[]) => SetMetadata(ACCESS, { kind: 'hq', roles } satisfies Access);

/** The signed-in person of the mini-program. */
export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): MemberActor => {
  const { actor } = context.switchToHttp().getRequest<WithActor>();
  if (actor?.kind !== 'member') throw new ProblemError(ProblemType.NotAuthenticated);
  return actor;
});

/** The signed-in HQ user. */
export const CurrentHqUser = createParamDecorator((_: unknown, context: ExecutionContext): HqActor => {
  const { actor } = context.switchToHttp().getRequest<WithActor>();
  if (actor?.kind !== 'hq') throw new ProblemError(ProblemType.NotAuthenticated);
  return actor;
});

/** Global guard: names the actor of every request and closes what is not marked. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
    private readonly database: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'anyone') return true;
    const request = context.switchToHttp().getRequest<WithActor>();
    const actor = await this.actorOf(request);
    const allowed =
      access !== undefined &&
      actor.kind === access.kind &&
      (access.kind !== 'hq' || (actor.kind === 'hq' && (actor.role === 'owner' || access.roles.includes(actor.role))));
    if (!allowed) throw new ProblemError(ProblemType.Forbidden, { detail: '没有权限进行此操作' });
    request.actor = actor;
    return true;
  }

  private async actorOf(request: FastifyRequest): Promise<Actor> {
    const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new ProblemError(ProblemType.NotAuthenticated, { detail: '请先登录' });
    const found = await this.sessions.find(this.database, token);
    if (found.state === 'unknown') throw new ProblemError(ProblemType.NotAuthenticated, { detail: '请先登录' });
    if (found.state === 'expired') throw sessionExpired();
    return found.actor;
  }
}
