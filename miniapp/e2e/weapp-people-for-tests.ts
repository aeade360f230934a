import type { TestMall } from '../../server/test/support/test-mall.js';
import { WeappPerson } from './weapp-person-for-tests.js';

/** Who comes to one mall, a phone each; all leave together. */
export class People {
  private readonly here: WeappPerson[] = [];

  /** @param apiUrl where the phones reach the mall, when there is something on the way to it */
  constructor(
    private readonly mall: TestMall,
    private readonly apiUrl = mall.apiUrl,
  ) {}

  async arrives(persona: string, path?: string, scene?: number): Promise<WeappPerson> {
    const { emulatorUrl, running } = this.mall;
    const { appId } = running.credentials;
    const mall = { apiUrl: this.apiUrl, emulatorUrl, appId };
    const person = await WeappPerson.arrives({ persona, mall, path, scene });
    this.here.push(person);
    return person;
  }

  /** What went wrong on any phone: must be empty at the end. */
  faults(): string[] {
    return this.here.flatMap(({ faults }) => faults);
  }

  /** Throws for errors that anybody met, once all have left. What else is put away needs a hook of its own. */
  async leave(): Promise<void> {
    const left = await Promise.allSettled(this.here.map((person) => person.leaves()));
    const errors = left.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    if (errors.length > 0) throw new Error(errors.join('\n'));
  }
}
