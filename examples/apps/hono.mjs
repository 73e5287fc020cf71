import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { calls, refusal } from './calls.mjs';

async function jsonOf(request) {
  try {
    return await request.json();
  } catch {
    throw Object.assign(new Error('The body is not JSON.'), { status: 400, code: 'BadRequest' });
  }
}

const app = new Hono();
app.post('/v1.0/communications/calls/:id/participants/invite', async (context) => {
  const { req, env } = context;
  const { status, headers, body, sent } = calls.invite({
    callId: req.param('id'),
    headers: req.header(),
    body: await jsonOf(req),
  });
  env.outgoing.once('close', sent);
  return context.json(body, status, headers);
});
app.post('/states', async (context) => context.json(calls.changeState(await jsonOf(context.req)).body));
app.onError((error, context) => {
  const { status, body } = refusal(error);
  return context.json(body, status);
});

export const target = getRequestListener(app.fetch);
