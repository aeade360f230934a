/**
 * The walls of the house. A wing may import what stands below it, never what stands above; a room is entered
 * through its door (`*.public.ts`). scripts/boundaries.spec.mjs proves that each rule here bites.
 */

/** From the ground up; `demo` (the seed of the demo shop) stands on everything. */
const wings = ['platform', 'wechat', 'membership', 'distribution', 'marketing', 'mall', 'hq', 'demo'];

/** Files directly in server/src: main.ts, worker.ts, app.module.ts and the like stand above all wings. */
const top = '^server/src/[^/]+\\.ts$';
/** Tests, and what several of them share beside the sources (`…-for-tests.ts`). */
const test = '(\\.(spec|e2e-spec|browser-spec)|-for-tests)\\.tsx?$';
/** A file inside a room. The ground is free: platform/ has folders, no rooms. */
const insideARoom = '^server/src/(?!platform/|migrations/)[^/]+/[^/]+/.+';

const wingsImportDownwards = wings.map((wing, floor) => ({
  name: `wing-${wing}-imports-downwards`,
  comment: `${wing}/ stands on floor ${floor}: what is above reacts to its events or calls its door, never the other way.`,
  severity: 'error',
  from: { path: `^server/src/${wing}/` },
  to: { path: [...wings.slice(floor + 1).map((above) => `^server/src/${above}/`), top] },
}));

module.exports = {
  forbidden: [
    ...wingsImportDownwards,
    {
      name: 'rooms-are-entered-by-their-door',
      comment: 'Other rooms are imported through their *.public.ts, so that what is inside can change.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/([^/]+)/.+' },
      to: { path: insideARoom, pathNot: ['^server/src/$1/$2/', '\\.public\\.ts$'] },
    },
    {
      name: 'a-wing-module-collects-its-own-rooms',
      comment: 'membership/membership.module.ts may name the modules of its own wing, and doors of other wings.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/[^/]+\\.ts$' },
      to: { path: insideARoom, pathNot: ['^server/src/$1/[^/]+/[^/]+\\.module\\.ts$', '\\.public\\.ts$'] },
    },
    {
      name: 'the-top-imports-modules-and-doors',
      comment: 'main.ts, worker.ts and app.module.ts put modules together; they do not reach into rooms.',
      severity: 'error',
      from: { path: top, pathNot: [test, '^server/src/schema\\.ts$'] },
      to: { path: insideARoom, pathNot: '\\.(module|public)\\.ts$' },
    },
    {
      name: 'the-schema-lists-entities',
      comment: 'schema.ts names every table once, for migrations; it may see entities and nothing else of a room.',
      severity: 'error',
      from: { path: '^server/src/schema\\.ts$' },
      to: { path: insideARoom, pathNot: '\\.entity\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/: data and `now` in, decision and reason out. No framework, no ORM, no clock, no I/O.',
      severity: 'error',
      from: { path: '^server/src/.+/domain/', pathNot: test },
      to: { pathNot: ['^server/src/.+/domain/', '^server/src/platform/money/', '^shared/src/'] },
    },
    {
      name: 'domain-stays-in-its-room',
      comment: 'The pure code of one room is not the library of another.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/([^/]+)/domain/' },
      to: { path: '^server/src/.+/domain/', pathNot: '^server/src/$1/$2/' },
    },
    {
      name: 'migrations-import-only-typeorm',
      comment: 'A migration says the same for ever: it must not change when the code of today changes.',
      severity: 'error',
      // migrations.ts is the list of them; what it imports besides them are types.
      from: { path: '^server/src/migrations/', pathNot: [test, '/migrations\\.ts$'] },
      to: { pathNot: ['^server/src/migrations/', '(^|/)node_modules/typeorm/', '^typeorm$'] },
    },
    {
      name: 'the-server-does-not-know-the-emulator',
      comment: 'The server talks to WeChat with the same code, whoever answers: only addresses and keys differ.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: test },
      to: { path: '^server/wechat-emulator/' },
    },
    {
      name: 'the-emulator-does-not-know-the-server',
      comment: 'An emulator that shares code with the server shares its errors and proves nothing.',
      severity: 'error',
      from: { path: '^server/wechat-emulator/', pathNot: test },
      to: { path: '^server/src/' },
    },
    {
      name: 'shared-stands-alone',
      comment: 'shared/ is compiled into the mini-program: no package, no Node, no server.',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: test },
      to: { pathNot: '^shared/src/' },
    },
    {
      name: 'the-mini-program-imports-itself-shared-and-packages',
      comment: 'A phone has no server code and no Node.',
      severity: 'error',
      from: { path: '^miniapp/src/', pathNot: test },
      to: { pathNot: ['^miniapp/src/', '^shared/src/', '(^|/)node_modules/', '^@tarojs/', '^react'] },
    },
    {
      name: 'the-weapp-host-knows-no-mall',
      comment: 'It runs any mini-program and is to be published by itself.',
      severity: 'error',
      from: { path: '^miniapp/host/' },
      to: { path: '^(server|shared|scripts|miniapp/(?!host/))' },
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: '^(server|shared|miniapp)/', pathNot: [test, '^server/test/', '^miniapp/test/'] },
      to: { path: [test, '^server/test/', '^miniapp/test/'] },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import each other in a ring cannot be understood one by one; types of entities may.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every-import-is-found',
      severity: 'error',
      from: { pathNot: '^miniapp/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'packages-are-declared',
      comment: 'A package that happens to be there because another one needs it may be gone tomorrow.',
      severity: 'error',
      from: { path: '^(server/src|server/wechat-emulator|shared/src|miniapp/src)/', pathNot: test },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'the-server-runs-without-development-packages',
      severity: 'error',
      from: { path: '^server/(src|wechat-emulator)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // `types` first: @mall/shared/… is then its source, built or not.
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
