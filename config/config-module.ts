import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { withDeadline } from '../common/deadline';
import { codeOf, UsageError } from '../common/errors';

/** The longest evaluation of a config module, ms. */
const MODULE_TIMEOUT_MS = 30_000;
/** Its memory limit, MB. */
const MODULE_MEMORY = 256;

/**
 * Evaluates the module and posts its default export. It runs in a separate thread, so that a module that never settles
 * or blocks can be ended, and signals are handled meanwhile.
 */
const IMPORTER = `
const { parentPort, workerData } = require('node:worker_threads');
const firstLine = (error) => String(error && error.message !== undefined ? error.message : error).split('\\n')[0];
// The message of a failed copy quotes the source of a function, which may contain a secret.
const NO_DATA = 'it exports a function, or another value that is not data; export the value that the function returns';
const messageOf = (error) => (error && error.name === 'DataCloneError' ? NO_DATA : firstLine(error));
import(workerData)
  .then((module) => {
    if (!('default' in module)) throw new Error('it has no default export; write export default { … }');
    return module.default;
  })
  .then((value) => parentPort.postMessage({ value }))
  .catch((error) => parentPort.postMessage({ why: messageOf(error) }));
`;

type Answer = { value: unknown } | { why: string };

/**
 * Imports the default export of a config module.
 * @throws UsageError if it can't be loaded, does not export plain data, or does not settle in time
 * @throws Interrupted if the signal is aborted first
 */
export async function importConfig(
  file: string,
  signal?: AbortSignal,
  deadlineMs = MODULE_TIMEOUT_MS,
): Promise<unknown> {
  const worker = new Worker(IMPORTER, {
    eval: true,
    workerData: pathToFileURL(resolve(file)).href,
    env: SHARE_ENV,
    resourceLimits: { maxOldGenerationSizeMb: MODULE_MEMORY },
  });
  const answer = new Promise<Answer>((done) => {
    worker.once('message', done);
    worker.once('error', (error) => {
      const full = codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY';
      done({ why: full ? `it uses more than ${MODULE_MEMORY} MB of memory` : (error.message.split('\n')[0] ?? '') });
    });
    worker.once('exit', () => done({ why: 'it exited before its default export settled' }));
  });
  try {
    const late = (): UsageError => new UsageError(`config ${file} did not settle within ${deadlineMs / 1000} s`);
    const outcome = await withDeadline(answer, { deadlineMs, signal }, late);
    if ('value' in outcome) return outcome.value;
    throw new UsageError(`config ${file} can't be loaded: ${outcome.why}`);
  } finally {
    await worker.terminate();
  }
}
