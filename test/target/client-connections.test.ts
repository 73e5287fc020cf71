import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { KeptConnection } from '../../target/kept-connection';
import { aClient, ofKind, sending } from './recording';
import { servers } from './servers';

const { http, selfSigned } = servers();

/** Numbers the connections on which requests arrive. */
function counting(answer: (request: IncomingMessage, response: ServerResponse, on: number) => void): {
  seen: number[];
  listener: RequestListener;
} {
  const known: Socket[] = [];
  const seen: number[] = [];
  return {
    seen,
    listener: (request, response) => {
      if (!known.includes(request.socket)) known.push(request.socket);
      seen.push(known.indexOf(request.socket));
      answer(request, response, known.indexOf(request.socket));
    },
  };
}

test('requests have a connection each, unless they are sent on one that is kept', async () => {
  const { seen, listener } = counting((_, response) => response.end('{}'));
  const origin = await http(listener);
  const { client } = aClient();
  const connection = new KeptConnection();
  for (const on of [undefined, undefined, connection, connection, connection]) {
    await client.send(sending(origin, { connection: on }));
  }
  connection.close();
  expect(seen).toEqual([0, 1, 2, 2, 2]);
});

test('simultaneous requests on one connection are sent one after the other', async () => {
  const { seen, listener } = counting((_, response) => response.end('{}'));
  const origin = await http(listener);
  const { client } = aClient();
  const connection = new KeptConnection();
  const answered = await Promise.all([1, 2, 3].map(() => client.send(sending(origin, { connection }))));
  connection.close();
  expect(answered.map(({ response }) => response?.status)).toEqual([200, 200, 200]);
  expect(seen).toEqual([0, 0, 0]);
});

test('a target that closes each connection is answered on new ones', async () => {
  const { seen, listener } = counting((_, response) => response.setHeader('Connection', 'close').end('{}'));
  const origin = await http(listener);
  const { client } = aClient();
  const connection = new KeptConnection();
  for (let i = 0; i < 2; i += 1) await client.send(sending(origin, { connection }));
  connection.close();
  expect(seen).toEqual([0, 1]);
});

test('a request whose kept connection is closed is repeated on a new one, and recorded once', async () => {
  const asked: number[] = [];
  const { listener } = counting((request, response, on) => {
    asked.push(on);
    if (on === 0 && asked.length > 1) request.socket.destroy();
    else response.end('{}');
  });
  const origin = await http(listener);
  const { client, recorder } = aClient();
  const connection = new KeptConnection();
  for (let i = 0; i < 2; i += 1) await client.send(sending(origin, { connection }));
  connection.close();
  expect(asked).toEqual([0, 0, 1]);
  expect(ofKind(recorder, 'exchange').map(({ response, failure }) => response?.status ?? failure)).toEqual([200, 200]);
});

test('a target that cuts every connection is reported as such', async () => {
  const { listener } = counting((request) => request.socket.destroy());
  const { client } = aClient();
  const connection = new KeptConnection();
  const { failure } = await client.send(sending(await http(listener), { connection }));
  connection.close();
  expect(failure?.reason).toMatch(/reset|hang up/);
});

test('over TLS, an untrusted certificate is refused on a kept connection too', async () => {
  const origin = await selfSigned((_, response) => response.end('{}'));
  const { client } = aClient();
  const connection = new KeptConnection();
  const { failure } = await client.send(sending(origin, { connection }));
  connection.close();
  expect(failure?.reason).toMatch(/self-signed/);
});

test('provisioning and release share connections; evidence uses one connection for each request', async () => {
  const ports = new Map<string, number[]>();
  const url = await http((req, res) => {
    const all = ports.get(req.url ?? '') ?? [];
    ports.set(req.url ?? '', [...all, req.socket.remotePort ?? 0]);
    res.end('{}');
  });
  const { client } = aClient();
  for (const purpose of ['provision', 'release', 'invite', 'probe'] as const) {
    for (let i = 0; i < 3; i += 1) await client.send(sending(`${url}/${purpose}`, { purpose }));
  }
  client.close();
  const connections = (...purposes: string[]): number =>
    new Set(purposes.flatMap((purpose) => ports.get(`/${purpose}`) ?? [])).size;
  expect(connections('provision', 'release')).toBe(1);
  expect(connections('invite', 'probe')).toBe(6);
});

test('a provisioning request whose kept connection was closed is repeated on a new one, as one exchange', async () => {
  let asked = 0;
  const url = await http((req, res) => {
    asked += 1;
    if (asked === 2) req.socket.destroy();
    else res.end('{}');
  });
  const { client, recorder } = aClient();
  const statuses: (number | undefined)[] = [];
  for (let i = 0; i < 3; i += 1)
    statuses.push((await client.send(sending(url, { purpose: 'provision' }))).response?.status);
  client.close();
  expect({ statuses, asked }).toEqual({ statuses: [200, 200, 200], asked: 4 });
  expect(ofKind(recorder, 'exchange')).toHaveLength(3);
});
