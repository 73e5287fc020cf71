// The floods for flood.mjs: to the callbacks of the first calls, in the responses of the target, or from the states
// endpoint.
import { gzipSync } from 'node:zlib';

const MEBIBYTE = 1024 * 1024;
const item = JSON.stringify({
  changeType: 'updated',
  resourceUrl: '/communications/calls/x/participants',
  resourceData: [{ info: { identity: { user: { id: 'z' } } } }],
});
const items = (count, one) => `{"value":[${Array(count).fill(one).join(',')}]}`;
const escapes = String.raw`\u0000`.repeat(170_000);
const wide = '\u4e2d'.repeat(340_000);

/** A response with an additional property. */
function withMember(answer, value) {
  try {
    return JSON.stringify({ ...JSON.parse(answer), more: value });
  } catch {
    return answer;
  }
}

/**
 * @typedef {object} Flood
 * @property {number} [times] number of posts of the body to the callback of each of the first calls
 * @property {string | Uint8Array} [body]
 * @property {Record<string, string>} [headers] of each such notification
 * @property {string} [path] prefix of the callback's path
 * @property {(answer: string) => string} [answer] changes each response to an invitation
 * @property {Record<string, string>} [answerHeaders] added to each response to an invitation
 * @property {object} [values] response of the states endpoint
 * @property {string[]} [args] of the run; by default it verifies no contracts
 */

/** @type {Record<string, Flood>} */
export const FLOODS = {
  '3,000 small notifications to each call': { times: 3000, body: items(1, item) },
  '60 of 1 MiB': { times: 60, body: 'x'.repeat(MEBIBYTE) },
  '60 of 1 MiB in wide characters': { times: 60, body: Buffer.from(items(1, `"${wide}"`)) },
  '60 of 170,000 escapes': { times: 60, body: items(1, `{"changeType":"${escapes}"}`) },
  '60 of 4,000 items': { times: 60, body: items(4000, item) },
  '60 of 300,000 empty items': { times: 60, body: items(300_000, '{}') },
  '500 that are 1 MiB once decoded': {
    times: 500,
    body: gzipSync(Buffer.from(items(1, `"${wide}"`))),
    headers: { 'Content-Encoding': 'gzip' },
  },
  '100 that are 100 MiB once decoded': {
    times: 100,
    body: gzipSync(Buffer.alloc(100 * MEBIBYTE)),
    headers: { 'Content-Encoding': 'gzip' },
  },
  '1,000 with 900 headers': {
    times: 1000,
    body: '{}',
    headers: Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`x${i}`, 'y'])),
  },
  '2,000 to paths of 12,000 characters': { times: 2000, body: '{}', path: `/${'z'.repeat(12_000)}` },
  'responses of 1 MiB in wide characters': { answer: (answer) => withMember(answer, wide.slice(0, 300_000)) },
  'responses of 40,000 values': { answer: (answer) => withMember(answer, Array(40_000).fill({})) },
  'ids of 900,000 characters': { values: { callId: 'x'.repeat(900_000), userId: 'y' } },
  'a load run of 40, and 60 of 1 MiB': {
    times: 60,
    body: 'x'.repeat(MEBIBYTE),
    args: ['--load', '40', '--rate', '20'],
  },
  'contracts too, and 60 of 4,000 items': {
    times: 60,
    body: items(4000, item),
    args: [],
  },
};
