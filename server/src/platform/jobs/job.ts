import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';

/** Work that time makes due. Safe to run twice and on two nodes at once: conditional updates decide. */
export interface Job {
  /**
   * Does what is due by the business clock; returns how many things it did.
   * @param signal aborted at shutdown: what takes long looks at it between two things
   */
  run(signal?: AbortSignal): Promise<number>;
}

const JOB = Symbol('job');
interface JobMark {
  name: string;
}

/** Marks a provider as a job; `name` is for the logs. */
export const ScheduledJob = (name: string) => SetMetadata(JOB, { name } satisfies JobMark);

/** Finds the marked providers of every room. */
@Injectable()
export class JobRegistry {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  all(): { name: string; job: Job }[] {
    const found: { name: string; job: Job }[] = [];
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const mark = metatype && instance ? this.reflector.get<JobMark | undefined>(JOB, metatype) : undefined;
      if (mark) found.push({ name: mark.name, job: instance as Job });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
