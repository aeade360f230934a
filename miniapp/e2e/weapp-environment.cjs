/**
 * Tests of the built mini-program. A step that the stage can't do throws StageCannot: it is skipped, and so are the
 * steps of the same file that fail after it, because the story went on without it. Both are printed with their reason.
 */
const { TestEnvironment } = require('jest-environment-node');

const causeOf = (error) => (Array.isArray(error) ? error[0] : error);
const titleOf = (test) => (test.parent === undefined ? [] : [...titleOf(test.parent), test.name]);

class WeappEnvironment extends TestEnvironment {
  skippedBefore = null;

  handleTestEvent({ name, test }) {
    if (name !== 'test_done' || test.errors.length === 0) return;
    const causes = test.errors.map(causeOf);
    const cannot = causes.find((cause) => cause?.name === 'StageCannot');
    if (cannot === undefined && this.skippedBefore === null) return;
    const why =
      cannot === undefined
        ? `follows “${this.skippedBefore}”, which was skipped: ${String(causes[0]?.message).split('\n')[0]}`
        : cannot.message;
    const title = titleOf(test).slice(1).join(' › ');
    this.skippedBefore ??= test.name;
    process.stdout.write(`SKIPPED ${title}\n        ${why}\n`);
    test.status = 'skip';
    test.errors = [];
  }
}

module.exports = WeappEnvironment;
