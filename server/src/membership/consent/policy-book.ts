import type { ConsentPurpose } from '@mall/shared/membership';
import type { PolicyDocument, PolicyPurpose } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { POLICIES, type Policy } from './policies.js';

/** The privacy texts by version; the newest is in force. */
@Injectable()
export class PolicyBook {
  /** Oldest first. */
  get versions(): readonly Policy[] {
    return POLICIES;
  }

  get current(): Policy {
    const newest = this.versions.at(-1);
    if (newest === undefined) throw new Error('there is no privacy policy');
    return newest;
  }

  /** Null: there is no such version. */
  read(version: string = this.current.version): PolicyDocument | null {
    const policy = this.versions.find((candidate) => candidate.version === version);
    return policy === undefined ? null : { ...policy, current: this.current.version };
  }

  /** How the text in force words a purpose; null: it no longer has it. */
  purpose(purpose: ConsentPurpose): PolicyPurpose | null {
    return this.current.purposes.find((candidate) => candidate.purpose === purpose) ?? null;
  }

  /** Whether a consent to `version` covers the purpose as it is worded now. Versions are dates, so text order is time order. */
  covers(purpose: ConsentPurpose, version: string): boolean {
    const worded = this.purpose(purpose);
    return worded !== null && version >= worded.since;
  }
}
