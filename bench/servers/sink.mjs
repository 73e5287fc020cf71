// Receives and counts notifications: a GET returns their number.
import { createServer } from 'node:http';

let taken = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'GET') {
      response.end(String(taken));
      return;
    }
    taken += 1;
    response.writeHead(202, { 'Content-Length': 0 }).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` })}\n`);
});
