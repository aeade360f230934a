import { ProblemType } from '@mall/shared/problems';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { OpenToAnyone } from '../auth/auth.guard.js';
import { Database } from '../database/database.js';
import { ProblemError } from '../http/problem.js';

/** For load balancers and process managers. */
@ApiTags('health')
@SkipThrottle()
@OpenToAnyone()
@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('healthz')
  @ApiOperation({ summary: 'The process is alive' })
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'The process can serve: the database answers' })
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.database.query('SELECT 1 AS one');
      return { status: 'ok' };
    } catch {
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: 'database' });
    }
  }
}
