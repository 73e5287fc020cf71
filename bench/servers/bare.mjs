// The limit: node:http that parses an invitation and answers it, and does nothing else.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

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
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/v1.0` })}\n`);
});
