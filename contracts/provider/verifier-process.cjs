// @ts-check
'use strict';

/**
 * Runs Pact's Verifier in a separate process, because it writes to standard output and holds native threads. It gets
 * one interaction at a time, with the values of its provider states and, for a message, what the target sent. It never
 * gets a token: the gateway adds them.
 *
 * @typedef {{ body: unknown, metadata: Record<string, string> }} Message
 * @typedef {{ n: number, file: string, provider: string, description: string, url: string, timeoutMs: number,
 *   states: string[], values: Record<string, string>, message?: Message }} Job
 */

process.env['PACT_DO_NOT_TRACK'] = 'true';

// The root of the package loads three times as many files, which takes longer than verifying all interactions. The package
// has no exports map, and its version is pinned.
const { Verifier } = require('@pact-foundation/pact/src/dsl/verifier');

/** The longest report that is passed on unchanged, in characters. */
const MOST_CHARACTERS = 1024 * 1024;
/** For a longer report: the number of mismatches that are kept, and the length of each. */
const MOST_MISMATCHES = 50;
const MOST_OF_ONE = 2000;

/**
 * Shortens a long report, which repeats the bodies in each mismatch: keeps the first mismatches, each cut off.
 * @param {string} text
 */
function bounded(text) {
  if (text.length <= MOST_CHARACTERS) return text;
  let mismatches = 0;
  const cut = (/** @type {string} */ key, /** @type {unknown} */ value) => {
    if (typeof value === 'string') return value.slice(0, MOST_OF_ONE);
    if (key === 'output') return undefined;
    if (!Array.isArray(value)) return value;
    const kept = value.slice(0, Math.max(1, MOST_MISMATCHES - mismatches));
    if (key === 'mismatches') mismatches += kept.length;
    return kept;
  };
  try {
    return JSON.stringify(JSON.parse(text), cut);
  } catch {
    return text.slice(0, MOST_OF_ONE);
  }
}

/** @param {Job} job */
async function verify(job) {
  const { message } = job;
  const verifier = new Verifier({
    provider: job.provider,
    providerBaseUrl: job.url,
    pactUrls: [job.file],
    timeout: job.timeoutMs,
    logLevel: 'error',
    stateHandlers: Object.fromEntries(job.states.map((state) => [state, () => Promise.resolve(job.values)])),
    ...(message === undefined
      ? {}
      : {
          messageProviders: {
            [job.description]: () =>
              Promise.resolve({ __pactMessageMetadata: message.metadata, message: message.body }),
          },
        }),
  });
  try {
    return { n: job.n, resolved: true, text: bounded(await verifier.verifyProvider()) };
  } catch (error) {
    return { n: job.n, resolved: false, text: bounded(error instanceof Error ? error.message : String(error)) };
  }
}

process.on('message', (/** @type {Job} */ job) => {
  void verify(job).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
