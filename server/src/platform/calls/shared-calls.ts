/**
 * Callers who ask for the same thing at the same time share one answer, or one failure. Nothing is kept: who asks after
 * the answer begins anew. What looks up a kept answer belongs inside of the work; a look before it can be overtaken by
 * a call that ends in between, and the work is then done twice.
 */
export class SharedCalls<T> {
  private readonly underWay = new Map<string, Promise<T>>();

  run(key: string, work: () => Promise<T>): Promise<T> {
    const shared = this.underWay.get(key);
    if (shared !== undefined) return shared;
    const begun = work().finally(() => this.underWay.delete(key));
    this.underWay.set(key, begun);
    return begun;
  }
}
