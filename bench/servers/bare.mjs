// The upper limit: a plain node:http server that parses an invitation and answers it. With a URL as its argument, it
// then sends two notifications there, the second after the response to the first: the limit of Node's own client.
import { randomUUID } from 'node:crypto';
import { Agent, createServer, request as requestOf } from 'node:http';

const [callback] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 128 });
const NOTIFICATION = JSON.stringify({ value: [{ resourceData: 'x'.repeat(600) }] });
const HEADERS = ['Content-Type', 'application/json', 'Content-Length', String(NOTIFICATION.length)];

function notify() {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(callback);
    const headers = ['Host', host, ...HEADERS];
    const request = requestOf({ hostname, port, method: 'POST', headers, agent }, (response) => response.resume());
    request.on('error', reject).on('close', resolve).end(NOTIFICATION);
  });
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const { participants, clientContext } = JSON.parse(text);
    const id = randomUUID();
    const body = JSON.stringify({
      '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
      id,
      status: 'Running',
      clientContext,
      resultInfo: null,
      participants,
    });
    response.writeHead(200, {
      'Content-Type': 'application/json',
      Location: `http://${request.headers.host}${request.url}/${id}`,
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
    if (callback) response.on('close', () => notify().then(notify));
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/v1.0` })}\n`);
});
