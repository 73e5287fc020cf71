import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenerOf, path, type RequestVisit } from '../../mock/routing';

let server: Server;
let origin: string;
const visits: RequestVisit[] = [];

beforeAll(async () => {
  const seen = (visit: RequestVisit): void => {
    visits.push(visit);
    visit.response.end(visit.body);
  };
  const routes = [
    { path: path('/v1.0/calls'), methods: { POST: seen } },
    { path: path('/v1.0/calls', ':id', 'operations', ':id'), methods: { GET: seen, DELETE: seen } },
    { path: path('/broken'), methods: { GET: () => Promise.reject(new Error('a fault of its own')) } },
  ];
  server = createServer(listenerOf(routes));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void visits.splice(0));
afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

test.each([
  ['/v1.0/calls/a/operations/b', ['a', 'b']],
  ['/V1.0/Calls/A/OPERATIONS/b', ['A', 'b']],
  ['/v1.0/calls/a/operations/b/', ['a', 'b']],
  ['/v1.0/calls/a/operations/b?$select=id', ['a', 'b']],
  ['/v1.0/calls/a%2Fb%20c/operations/%C3%A9', ['a/b c', 'é']],
])('%s is a path with ids', async (at, ids) => {
  const { status } = await fetch(`${origin}${at}`);
  expect([status, visits.map((visit) => visit.ids)]).toEqual([200, [ids]]);
});

test.each([
  ['GET', '/v1x0/calls', 404],
  ['GET', '/v1.0/calls/a/operations', 404],
  ['GET', '/v1.0/calls/a/operations/b/c', 404],
  ['GET', '/v1.0/calls/%ZZ/operations/b', 400],
  ['GET', '/v1.0/calls', 405],
  ['GET', '/broken', 500],
])('%s %s is answered %i with a JSON error', async (method, at, expected) => {
  const response = await fetch(`${origin}${at}`, { method });
  const body = (await response.json()) as { error: { code: string; message: string } };
  expect([response.status, visits.length]).toEqual([expected, 0]);
  expect(body.error.message).toMatch(/\w/);
});

test('405 names the allowed methods', async () => {
  const response = await fetch(`${origin}/v1.0/calls/a/operations/b`, { method: 'PUT', body: 'x' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, DELETE']);
});

test('a body is passed on byte by byte', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x7b, 0x0a]);
  const response = await fetch(`${origin}/v1.0/calls`, { method: 'POST', body: bytes });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});
