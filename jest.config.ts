/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

/** Sources are ESM with `.js` suffixes; jest runs them as CommonJS, Nest's ESM packages included. */
const node: Config = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|m?js)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@borewit|@tokenizer|ulid)/)',
  ],
  moduleNameMapper: {
    '^@mall/shared/(.*)$': '<rootDir>/shared/src/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/'],
};

/** By `require`, because jest's loader finds no `.ts` behind an import that ends in `.js`. */
const { miniappProject }: { miniappProject: Config } = require('./miniapp/jest.project');

const tests = '{shared,server,miniapp/host}/**';

const config: Config = {
  testSequencer: '<rootDir>/scripts/parts/long-tests-first.cjs',
  // Generous: a test that waits is ended, a slow machine is no failure.
  testTimeout: 60_000,
  projects: [
    {
      ...node,
      displayName: 'unit',
      testMatch: [`<rootDir>/${tests}/*.spec.ts`, '<rootDir>/scripts/**/*.spec.mjs'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '\\.weapp\\.spec\\.ts$',
        '\\.db\\.spec\\.ts$',
        '\\.property\\.spec\\.ts$',
      ],
    },
    {
      ...node,
      displayName: 'property',
      testMatch: [`<rootDir>/${tests}/*.property.spec.ts`],
      setupFiles: ['<rootDir>/scripts/parts/property-runs.cjs'],
    },
    { ...node, displayName: 'database', testMatch: ['<rootDir>/server/**/*.db.spec.ts'] },
    { ...node, displayName: 'http', testMatch: ['<rootDir>/server/test/**/*.e2e-spec.ts'] },
    miniappProject,
    { ...node, displayName: 'host', testMatch: ['<rootDir>/miniapp/host/**/*.weapp.spec.ts'] },
    {
      ...node,
      displayName: 'weapp',
      testMatch: ['<rootDir>/miniapp/e2e/**/*.weapp.spec.ts'],
      testEnvironment: '<rootDir>/miniapp/e2e/weapp-environment.cjs',
    },
    { ...node, displayName: 'browser', testMatch: ['<rootDir>/{server,miniapp}/**/*.browser-spec.ts'] },
  ],
};
export default config;
