import type { FieldFault } from '@mall/shared/problems';
import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { validationProblem } from './problem.filter.js';

function flatten(errors: readonly ValidationError[], prefix = ''): FieldFault[] {
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((message) => ({ path: prefix + error.property, message })),
    ...flatten(error.children ?? [], `${prefix}${error.property}.`),
  ]);
}

/** Refuses unknown fields too: a misspelt optional field must not be dropped in silence. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => validationProblem(flatten(errors)),
  });
}
