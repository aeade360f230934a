import type { Config } from 'jest';

/** Jest's project for the mini-program; `<rootDir>` is the repository, whose jest.config.ts adds it. */
export const miniappProject: Config = {
  displayName: 'miniapp',
  testEnvironment: 'jsdom',
  testMatch: [
    '<rootDir>/miniapp/src/**/*.spec.ts',
    '<rootDir>/miniapp/src/**/*.spec.tsx',
    '<rootDir>/miniapp/config/**/*.spec.ts',
  ],
  modulePathIgnorePatterns: ['/dist/'],
  globals: { API_BASE: '' },
  transform: {
    '^.+\\.[jt]sx?$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  moduleNameMapper: {
    '\\.(scss|css|png)$': '<rootDir>/miniapp/test/stubs/empty.cjs',
    '^@mall/shared/(.*)$': '<rootDir>/shared/src/$1.ts',
    '^@tarojs/components$': '<rootDir>/miniapp/test/stubs/components.tsx',
    '^@tarojs/taro$': '<rootDir>/miniapp/test/stubs/taro.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
