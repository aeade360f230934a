import { type FieldFault, ProblemType } from '@mall/shared/problems';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

const BY_FASTIFY_CODE: Record<string, ProblemType> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ProblemType.PayloadTooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ProblemType.UnsupportedMediaType,
  FST_ERR_CTP_EMPTY_JSON_BODY: ProblemType.MalformedRequest,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ProblemType.MalformedRequest,
  FST_ERR_BAD_URL: ProblemType.MalformedRequest,
  // No id of ours is that long.
  FST_ERR_MAX_PARAM_LENGTH: ProblemType.NotFound,
};

const BY_STATUS: Record<number, ProblemType> = {
  400: ProblemType.MalformedRequest,
  401: ProblemType.NotAuthenticated,
  403: ProblemType.Forbidden,
  404: ProblemType.NotFound,
  405: ProblemType.MethodNotAllowed,
  413: ProblemType.PayloadTooLarge,
  415: ProblemType.UnsupportedMediaType,
  503: ProblemType.DependencyUnavailable,
};

/** What any thrown thing is on the wire. Unknown errors are 500 and never show their text. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof ThrottlerException) {
    return new ProblemError(ProblemType.RateLimited, { detail: '操作太频繁，请稍后再试' });
  }
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const byCode = code === undefined ? undefined : BY_FASTIFY_CODE[code];
  if (byCode) return new ProblemError(byCode);
  if (error instanceof SyntaxError && statusCode === 400) return new ProblemError(ProblemType.MalformedRequest);
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const byStatus = status === undefined ? undefined : BY_STATUS[status];
  return new ProblemError(byStatus ?? ProblemType.InternalError);
}

/** Turns everything thrown into RFC 9457 application/problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500) this.logger.error({ requestId: request.id, error });
    if (!reply.sent) sendProblem(problem, request, reply);
  }
}

/** Writes the refusal; also for those that the framework makes before any route of ours is found. */
export function sendProblem(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
  const { type, title, status, extension } = problem;
  reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type, title, status, ...extension, instance: request.id }));
}

/** 422 with one fault per field. */
export function validationProblem(faults: FieldFault[]): ProblemError {
  return new ProblemError(ProblemType.ValidationFailed, { detail: '请检查填写的内容', faults });
}
