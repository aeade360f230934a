import { parseArgs } from 'node:util';
import { PlainFailure } from '../parts/progress.mjs';

export const USAGE = `npm run e2e:mutate -- [options]: breaks the built mini-program and sees whether the suite notices.

  (nothing)              one mutant of each kind that is written down by hand
  --only WORDS           those of them whose name contains the words
  --random N [--seed S]  N places drawn from the build: handlers, bindings, pages, requests
  --site WORDS           every place whose name or id contains the words
  --coverage             runs the suite once and lists what of the build no test uses
  --list                 lists all places and kinds, runs nothing
  --timeout SECONDS      the longest run for one mutant; 240, or three times what the unbroken build took
  --tolerant             goes on when the suite does not pass on the unbroken build

WEAPP_DIST_DIR names another build than miniapp/dist/weapp.`;

function wholeNumber(name, text, least) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new PlainFailure(`--${name} ${text}: a whole number from ${least} is needed.`);
  return value;
}

/** @param {string[]} args @throws {PlainFailure} for what makes no sense */
export function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        only: { type: 'string' },
        random: { type: 'string' },
        seed: { type: 'string' },
        site: { type: 'string' },
        coverage: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        tolerant: { type: 'boolean', default: false },
        timeout: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new PlainFailure(`${error.message}\n\n${USAGE}`);
  }
  const chosen = ['only', 'random', 'site', 'coverage', 'list'].filter(
    (name) => values[name] !== undefined && values[name] !== false,
  );
  if (chosen.length > 1) throw new PlainFailure(`--${chosen.join(' and --')} can't be combined.`);
  if (values.seed !== undefined && values.random === undefined) throw new PlainFailure('--seed belongs to --random.');
  return {
    ...values,
    random: values.random === undefined ? null : wholeNumber('random', values.random, 1),
    seed: wholeNumber('seed', values.seed ?? '1', 0),
    timeoutMs: values.timeout === undefined ? null : wholeNumber('timeout', values.timeout, 1) * 1000,
  };
}
