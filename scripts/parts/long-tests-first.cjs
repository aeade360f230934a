const { default: Sequencer } = require('@jest/test-sequencer');

/** Minutes long, in small files: jest, which takes big files first where it has no times yet, would begin them last. */
const LONG = /\/(chaos|model)\/|\/(thousand-orders|concurrency|bad-input-sweep|referral-journey)\./;

/** On a machine that has run nothing yet, what takes longest begins first, so that no worker ends minutes after the other. */
module.exports = class LongTestsFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
