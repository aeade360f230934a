#!/usr/bin/env node
/**
 * The host in the place of the command line of DevTools, for `automator.launch({ cliPath })`, which has no room for
 * options of the host's own: they come in WEAPP_HOST_ARGS, `--platform http://127.0.0.1:3100 --persona xiaoyu`.
 */
const given = (process.env.WEAPP_HOST_ARGS ?? '').split(' ').filter((word) => word !== '');
process.argv.push(...given);
await import('./weapp-host.mjs');
