// A proxy that passes bytes on later: `delay.mjs HOST:PORT MS [PORT]`, MS each way.
import { connect, createServer } from 'node:net';

const [, , to, ms, port = '0'] = process.argv;
const [host, target] = to.split(':');

/** Delays each piece by the same time, so that their order stays. */
function later(from, into) {
  const after = (act) => setTimeout(() => into.destroyed || act(), Number(ms));
  from.on('data', (bytes) => after(() => into.write(bytes)));
  from.on('end', () => after(() => into.end()));
  from.on('error', () => into.destroy());
  from.on('close', () => after(() => into.destroySoon()));
}

const server = createServer({ allowHalfOpen: true }, (near) => {
  const far = connect({ host, port: Number(target), allowHalfOpen: true });
  later(near, far);
  later(far, near);
});
server.listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ host: `127.0.0.1:${server.address().port}` })}\n`);
});
