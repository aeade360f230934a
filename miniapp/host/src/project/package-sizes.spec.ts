import { checkPackageSizes, MOST_OF_A_PACKAGE } from './package-sizes.js';

const config = { subPackages: [{ root: 'packages/a', pages: [] }] };
const check = (sizes: Record<string, number>) => () => checkPackageSizes(config, new Map(Object.entries(sizes)));

describe('how large packages may be', () => {
  it('each may have 2 MiB to the byte, and a subpackage counts for itself', () => {
    expect(check({ 'app.js': MOST_OF_A_PACKAGE, 'packages/a/x.js': MOST_OF_A_PACKAGE })).not.toThrow();
    expect(check({ 'app.js': MOST_OF_A_PACKAGE, 'packages/ab.js': 1 })).toThrow(
      'app.json: the main package has 2097153 bytes (2.00 MiB), and WeChat takes 2 MiB; its largest file is app.js',
    );
  });

  it('what WeChat does not take is not counted', () => {
    const most = { 'app.js': MOST_OF_A_PACKAGE };
    expect(check({ ...most, 'app.js.map': 9, 'project.config.json': 9 })).not.toThrow();
    expect(check({ ...most, 'pages/project.config.json': 9 })).toThrow('the main package');
  });
});
