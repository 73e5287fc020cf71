// A bot that creates a call, invites a user, and ends when the roster has arrived: with exit code 1 if the completion has
// not arrived before.
import { once } from 'node:events';
import { createServer } from 'node:http';

const { INVITE_TARGET, INVITE_TOKEN, CALLBACK_HOST } = process.env;

/** Sends a POST with a JSON body. @returns the JSON of the response @throws Error unless the status is 2xx */
async function post(path, body) {
  const headers = { Authorization: `Bearer ${INVITE_TOKEN}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${INVITE_TARGET}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

let completed = false;
const callback = createServer(async (request, response) => {
  const { value } = JSON.parse(Buffer.concat(await request.toArray()));
  response.writeHead(202).end();
  for (const { changeType, resourceUrl } of value) {
    console.log(`notified: ${changeType} ${resourceUrl}`);
    if (changeType === 'deleted' && resourceUrl.includes('/operations/')) completed = true;
    if (!resourceUrl.endsWith('/participants')) continue;
    callback.close();
    if (completed) continue;
    console.error('the roster arrived without a completion');
    process.exitCode = 1;
  }
});
callback.listen(0);
await once(callback, 'listening');

const callbackUri = `http://${CALLBACK_HOST}:${callback.address().port}/api/calls`;
const chatInfo = { threadId: '19:a-meeting@thread.v2', messageId: '0' };
const call = await post('/communications/calls', { callbackUri, chatInfo });
const participants = [{ identity: { user: { id: 'a-user' } } }];
const operation = await post(`/communications/calls/${call.id}/participants/invite`, { participants });
console.log(`invited: operation ${operation.id} is ${operation.status}`);
