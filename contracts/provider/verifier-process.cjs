// @ts-check
'use strict';

/**
 * Pact's Verifier in a process of its own: it writes to standard output and holds native threads. It is given one
 * interaction at a time, with the values of its provider states and, for a message, what the target sent. It never sees
 * a token: the gateway that it speaks to puts them in.
 *
 * @typedef {{ body: unknown, metadata: Record<string, string> }} Message
 * @typedef {{ n: number, file: string, provider: string, description: string, url: string, timeoutMs: number,
 *   states: string[], values: Record<string, string>, message?: Message }} Job
 */

process.env['PACT_DO_NOT_TRACK'] = 'true';

const { Verifier } = require('@pact-foundation/pact');

/** The longest report that is handed over as it is, in characters. */
const MOST_CHARACTERS = 1024 * 1024;
/** Of a longer one: how many mismatches are kept, and how much of each. */
const MOST_MISMATCHES = 50;
const MOST_OF_ONE = 2000;

/**
 * A report that is longer repeats the bodies in each mismatch: the first mismatches are kept, each cut off.
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
