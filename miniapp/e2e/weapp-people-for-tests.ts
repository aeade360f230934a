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

  async leave(): Promise<void> {
    for (const person of this.here) await person.leaves();
  }
}
