import type { FieldFault } from '@mall/shared/problems';
import { ProblemType } from '@mall/shared/problems';
import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { validationProblem } from './problem.filter.js';
import { ProblemError } from './problem.js';

function flatten(errors: readonly ValidationError[], prefix = ''): FieldFault[] {
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((message) => ({ path: prefix + error.property, message })),
    ...flatten(error.children ?? [], `${prefix}${error.property}.`),
  ]);
}

/** Deeper than any request of ours, and far from where a recursive walk over it runs out of stack. */
const DEEPEST = 20;

/**
 * Refuses what the validator walks into and should not: endless nesting, and a list directly in a list, whose inner
 * members it lets pass unlooked-at. No request of ours has either.
 */
function refuseOddShapes(value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw new ProblemError(ProblemType.MalformedRequest);
  for (const [name, member] of Object.entries(value)) {
    const memberPath = path === '' ? name : `${path}.${name}`;
    if (Array.isArray(value) && Array.isArray(member)) {
      throw validationProblem([{ path: memberPath, message: 'a list cannot stand directly in a list' }]);
    }
    refuseOddShapes(member, memberPath, depth + 1);
  }
}

class StrictValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Only what was parsed from the wire: a custom parameter may be any object of the server's.
    if (metadata.type === 'body' && !Buffer.isBuffer(value)) refuseOddShapes(value, '', 0);
    return super.transform(value, metadata);
  }
}

/** Refuses unknown fields too: a misspelt optional field must not be dropped in silence. */
export function createValidationPipe(): ValidationPipe {
  return new StrictValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => validationProblem(flatten(errors)),
  });
}
