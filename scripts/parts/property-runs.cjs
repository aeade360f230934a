/** How many cases each property is tried on, in one place: 10,000, or what `npm run property -- --runs N` says. */
const fc = require('fast-check');

fc.configureGlobal({ numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) });
