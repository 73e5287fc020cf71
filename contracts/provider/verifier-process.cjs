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
    return { n: job.n, resolved: true, text: await verifier.verifyProvider() };
  } catch (error) {
    return { n: job.n, resolved: false, text: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (/** @type {Job} */ job) => {
  void verify(job).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
