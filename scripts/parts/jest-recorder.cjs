/**
 * A jest reporter that writes down what ran, with the project that it belongs to, which jest's own JSON leaves out.
 * The file is named by JEST_RECORD_FILE.
 */
const { writeFileSync } = require('node:fs');

module.exports = class JestRecorder {
  suites = [];

  onTestResult(test, result) {
    this.suites.push({
      project: test.context.config.displayName?.name ?? 'unnamed',
      file: result.testFilePath,
      failedToRun: result.testExecError !== undefined,
      tests: result.testResults.map(({ fullName, status }) => ({ title: fullName, status })),
    });
  }

  onRunComplete() {
    writeFileSync(process.env.JEST_RECORD_FILE, JSON.stringify(this.suites));
  }
};
