import { request } from 'node:http';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { verifyContracts } from '../../contracts';
import type { ContractResult } from '../../verdicts/result';
import { servers } from '../target/servers';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

const { http } = servers();

/** The mock's response to an invitation, which may be changed. */
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Whether an invitation is throttled. @param bytes length of its body */
type TurnsAway = (bytes: number) => boolean;

/** A proxy in front of a mock that changes the responses to invitations, and throttles some invitations itself. */
function before(target: string, change: (answer: Answer) => void, turnsAway: TurnsAway): RequestListener {
  const { hostname, port } = new URL(target);
  return (req, res) => {
    const { method, url: path = '', headers } = req;
    if (path.endsWith('/invite') && turnsAway(Number(headers['content-length']))) {
      req.resume();
      res.writeHead(429, { 'Retry-After': '0' }).end();
      return;
    }
    const forwarded = request({ hostname, port, method, path, headers }, (answered) => {
      const chunks: Buffer[] = [];
      answered.on('data', (chunk: Buffer) => chunks.push(chunk));
      answered.on('end', () => {
        const { 'content-length': _, ...rest } = answered.headers;
        const answer: Answer = { status: answered.statusCode ?? 0, headers: rest, body: Buffer.concat(chunks) };
        if (path.endsWith('/invite')) change(answer);
        res.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    req.pipe(forwarded);
  };
}

function verifiedBehind(
  change: (answer: Answer) => void,
  turnsAway: TurnsAway = () => false,
): Promise<ContractResult[]> {
  return withMock({}, async (mock) => {
    const origin = await http(before(mock.url, change, turnsAway));
    return verifyContracts({ ...optionsFor(mock), target: `${origin}/v1.0` });
  });
}

const others = (results: ContractResult[]): ContractResult[] => results.filter(({ result }) => result !== 'passed');

type Change = (answer: Answer) => void;

const READABLE: Record<string, Change> = {
  'compressed without a request for it': (answer) => {
    answer.headers['content-encoding'] = 'gzip';
    answer.body = gzipSync(answer.body);
  },
  'with a byte order mark': (answer) => {
    answer.body = Buffer.concat([Buffer.from('\uFEFF'), answer.body]);
  },
  'with additional headers, some of them repeated or not in ASCII': (answer) => {
    answer.headers['set-cookie'] = ['a=1', 'b=2'];
    answer.headers['x-note'] = 'Zo\u00eb';
  },
  'with unusually written parameters of its media type': (answer) => {
    answer.headers['content-type'] = String.raw`application/json ; x="a\"b"`;
  },
  'refused as plain text': (answer) => {
    if (answer.status >= 400) answer.headers['content-type'] = 'text/plain';
  },
  'refused without a media type': (answer) => {
    if (answer.status >= 400) delete answer.headers['content-type'];
  },
  'with names of resources in another case': (answer) => {
    const { location } = answer.headers;
    if (location !== undefined)
      answer.headers.location = location.replace('/communications/calls/', '/Communications/Calls/');
  },
};

/** Several changes are made at a time; each is in one of these lists. */
const AT_ONCE = [
  [
    'compressed without a request for it',
    'with additional headers, some of them repeated or not in ASCII',
    'refused as plain text',
    'with names of resources in another case',
  ],
  ['with a byte order mark', 'with unusually written parameters of its media type', 'refused without a media type'],
];

test('each kind of response is tried', () => {
  expect(AT_ONCE.flat().toSorted()).toEqual(Object.keys(READABLE).toSorted());
});

test.each(AT_ONCE.map((ways) => [ways]))('a response that a bot can read fails nothing: %j', async (ways) => {
  const change: Change = (answer) => {
    for (const way of ways) READABLE[way]?.(answer);
  };
  expect(others(await verifiedBehind(change))).toEqual([]);
});

test('JSON that only Pact cannot read leaves the interactions that need it untested', async () => {
  const results = others(
    await verifiedBehind((answer) => {
      answer.body = Buffer.from(answer.body.toString().replace('{', String.raw`{"half":"\ud800",`));
    }),
  );
  expect(results).toHaveLength(14);
  for (const { result, mismatches, reason } of results) {
    expect([result, mismatches, reason]).toEqual(['untested', [], { why: 'unclear', said: expect.any(String) }]);
  }
});

test('a target that throttles and then answers fails nothing; one that keeps throttling leaves the interactions untested', async () => {
  let count = 0;
  const asIs = (): void => undefined;
  // The suite's check that invitations are accepted has the body {}.
  const turnsAway = (bytes: number): boolean => {
    if (bytes <= 2) return false;
    count += 1;
    return count <= 3;
  };
  const patient = await verifiedBehind(asIs, turnsAway);
  expect(others(patient)).toEqual([]);
  expect(count).toBeGreaterThan(3);
  const results = await verifiedBehind(asIs, () => true);
  expect(new Set(results.map(({ result }) => result))).toEqual(new Set(['untested']));
  // Some need an accepted invitation first.
  expect(new Set(results.map(({ reason }) => reason?.why))).toEqual(new Set(['throttled', 'notProvided']));
  expect(results.find(({ interaction }) => interaction.startsWith('single:'))?.reason).toEqual({
    why: 'throttled',
    status: 429,
  });
});

/** A notification about another operation of a call, with the same clientContext as an invitation. */
const ofAnotherOperation = (callId: string): unknown => ({
  '@odata.type': '#microsoft.graph.commsNotifications',
  value: [
    {
      changeType: 'deleted',
      resourceUrl: `/communications/calls/${callId}/operations/another`,
      resourceData: {
        '@odata.type': '#microsoft.graph.muteParticipantOperation',
        id: 'another',
        status: 'completed',
        clientContext: 'Invitation-to-follow-B6b1c3f5-0e0c-4E1e',
      },
    },
  ],
});

test('other operations of the same call are not mistaken for the invitation', async () => {
  const results = await withMock({}, async (mock) => {
    // The states endpoint shows the callback of each call, which gets a notification of its own at once.
    const told: Promise<unknown>[] = [];
    const states = await http((req, res) => {
      let asked = '';
      req.on('data', (chunk: Buffer) => {
        asked += chunk.toString();
      });
      req.on('end', () => {
        const headers = { 'Content-Type': 'application/json' };
        const answered = fetch(mock.states, { method: 'POST', headers, body: asked });
        void answered.then(async (answer) => {
          const values = await answer.text();
          const { params } = JSON.parse(asked) as { params: { callbackUri?: string } };
          const { callId } = JSON.parse(values || '{}') as { callId?: string };
          if (params.callbackUri !== undefined && callId !== undefined) {
            const body = JSON.stringify(ofAnotherOperation(callId));
            told.push(fetch(params.callbackUri, { method: 'POST', headers, body }));
          }
          res.writeHead(answer.status, headers).end(values);
        });
      });
    });
    const verified = await verifyContracts({ ...optionsFor(mock), provisioning: { states } });
    await Promise.allSettled(told);
    expect(told.length).toBeGreaterThan(10);
    return verified;
  });
  expect(others(results)).toEqual([]);
});
