/** A jest reporter that tells the process that started jest, over its channel, how each test went as soon as it ends. */
const say = (message) => process.send?.(message);

module.exports = class SuiteReporter {
  onTestCaseStart({ path }, { fullName }) {
    say({ kind: 'began', file: path, title: fullName });
  }

  onTestCaseResult({ path }, { fullName, status, failureMessages }) {
    if (status === 'failed') say({ kind: 'failed', file: path, title: fullName, words: failureMessages[0] ?? '' });
    else say({ kind: 'passed', file: path, title: fullName });
  }

  onTestResult({ path }, { testExecError, failureMessage }) {
    if (testExecError) say({ kind: 'failed', file: path, title: 'outside of its tests', words: failureMessage ?? '' });
  }
};
