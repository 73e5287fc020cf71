import Koa from 'koa';
import { calls, refusal } from './calls.mjs';

const INVITE = /^\/v1\.0\/communications\/calls\/([^/]+)\/participants\/invite$/;

async function answer({ method, path, headers, req }) {
  const text = Buffer.concat(await req.toArray()).toString('utf8');
  const body = () => {
    try {
      return JSON.parse(text);
    } catch {
      throw Object.assign(new Error('The body is not JSON.'), { status: 400, code: 'BadRequest' });
    }
  };
  if (method === 'POST' && path === '/states') return calls.changeState(body());
  const [, callId] = INVITE.exec(path) ?? [];
  if (method === 'POST' && callId !== undefined) return calls.invite({ callId, headers, body: body() });
  throw Object.assign(new Error('The path is unknown.'), { status: 404, code: 'NotFound' });
}

const app = new Koa();
app.use(async (context) => {
  const { status, headers, body, sent } = await answer(context).catch(refusal);
  context.res.once('close', sent);
  context.set(headers);
  Object.assign(context, { status, body });
});

export const target = app;
