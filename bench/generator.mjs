// Sends invitations over kept connections and times them; one JSON argument in, one JSON line out. It writes and reads
// raw bytes, so that it uses less processor time than the server under test.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';

/** The number of connections that send at the same time. */
const CONNECTIONS = 32;
/** The number of invitations per call; the mock allows a thousand participants. */
const PER_CALL = 900;
/** The longest wait for notifications after the last response, ms. */
const PATIENCE = 120_000;
/** The mock's status when a call has too many pending invitations; the invitation is sent again after a pause, ms. */
const FULL = '429';
const PAUSE = 20;

const {
  url,
  states,
  token = 'none',
  count,
  // The URL that counts notifications, and their number per invitation; without it, nothing waits for them.
  sink,
  notifications = 0,
  body: fixed,
  path: fixedPath,
} = JSON.parse(process.argv[2]);
const { hostname, port, host, pathname } = new URL(url);
const base = pathname.replace(/\/$/, '');

async function state(action, params) {
  const response = await fetch(states, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ action, state: 'a group call', params }),
  });
  return response.json();
}

const anyCall = async () =>
  states ? (await state('setup', { callbackUri: sink ?? 'http://127.0.0.1:1/' })).callId : randomUUID();
const calls = [];
/** The number of notifications since the sink was started. */
const taken = async () => Number(await (await fetch(sink)).text());

/** Returns the calls of one connection, one after the other. */
function caller() {
  let call;
  let left = 0;
  return async () => {
    if (left === 0) {
      call = await anyCall();
      calls.push(call);
      left = PER_CALL;
    }
    left -= 1;
    return call;
  };
}

/** Waits until a number of notifications have arrived. */
async function arrived(all) {
  const until = performance.now() + PATIENCE;
  for (let come = 0; come < all; come = await taken()) {
    if (performance.now() > until) throw new Error(`${come} of ${all} notifications arrived`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function invitation(i) {
  const user = { '@odata.type': '#microsoft.graph.identity', id: `user-${i}`, displayName: 'Bench' };
  return JSON.stringify({
    participants: [
      {
        '@odata.type': '#microsoft.graph.invitationParticipantInfo',
        identity: { '@odata.type': '#microsoft.graph.identitySet', user },
      },
    ],
    clientContext: `bench-${i}`,
  });
}

let sent = 0;
const statuses = {};

/** One connection: sends an invitation, waits for the complete response, sends the next. */
function sender() {
  return new Promise((resolve, reject) => {
    const next = caller();
    let received = '';
    let request = '';
    const send = async () => {
      if (sent >= count) {
        socket.end();
        resolve();
        return;
      }
      const i = sent;
      sent += 1;
      const body = fixed ?? invitation(i);
      const path = fixedPath ?? `${base}/communications/calls/${await next()}/participants/invite`;
      request =
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      socket.write(request);
    };
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (text) => {
      received += text;
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/^content-length: *(\d+)/im.exec(received)?.[1] ?? Number.NaN);
      // Without a length the response is chunked, and its last chunk is empty.
      if (Number.isNaN(length) ? !received.endsWith('0\r\n\r\n') : received.length < end + 4 + length) return;
      const status = received.slice(9, 12);
      received = '';
      if (status === FULL) {
        setTimeout(() => socket.write(request), PAUSE);
        return;
      }
      statuses[status] = (statuses[status] ?? 0) + 1;
      void send();
    });
  });
}

const before = sink ? await taken() : 0;
const from = performance.now();
await Promise.all(Array.from({ length: Math.min(CONNECTIONS, count) }, sender));
if (sink) await arrived(before + count * notifications);
const ms = performance.now() - from;
if (states) await Promise.all(calls.map((callId) => state('teardown', { callId })));
process.stdout.write(`${JSON.stringify({ rate: (count * 1000) / ms, statuses })}\n`);
