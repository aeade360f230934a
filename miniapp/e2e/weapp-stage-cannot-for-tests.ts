/** The stage has no way to do this: the step is skipped, and its reason is printed (weapp-environment.cjs). */
export class StageCannot extends Error {
  override readonly name = 'StageCannot';
}
