// Writes a HAR file with a number of entries: invitations, each followed by its completion and its roster, as a proxy
// for both directions would record them.
//   node bench/long-recording.mjs ENTRIES FILE
import { closeSync, openSync, writeSync } from 'node:fs';

const [count = '3000', file = 'long.har'] = process.argv.slice(2);
const type = (name) => ({ '@odata.type': `#microsoft.graph.${name}` });
const json = [{ name: 'Content-Type', value: 'application/json' }];
const idOf = (kind, i) => `${kind}-0000-4000-8000-${String(i).padStart(12, '0')}`;

function entry(at, method, url, headers, sent, status, received) {
  const text = received === undefined ? undefined : JSON.stringify(received);
  return {
    startedDateTime: new Date(Date.UTC(2026, 0, 1) + at).toISOString(),
    time: 12.5,
    request: {
      method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [...json, ...headers],
      queryString: [],
      headersSize: -1,
      bodySize: -1,
      postData: { mimeType: 'application/json', text: JSON.stringify(sent) },
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [...json, { name: 'Location', value: received === undefined ? '' : received.location }],
      content: { size: text?.length ?? 0, mimeType: 'application/json', ...(text === undefined ? {} : { text }) },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0.5, wait: 11, receive: 1 },
  };
}

function* entries(many) {
  const padding = (of) => ({ application: null, device: null, user: of });
  for (let i = 0; i < many; i += 3) {
    const [call, operation, user] = [idOf('0000000c', i), idOf('0000000d', i), idOf('0000000e', i)];
    const identity = { ...type('identitySet'), user: { ...type('identity'), id: user, displayName: 'Somebody' } };
    const participants = [{ ...type('invitationParticipantInfo'), identity }];
    const clientContext = idOf('0000000f', i);
    const path = `/communications/calls/${call}`;
    const base = 'https://graph.microsoft.com/v1.0';
    const location = `${base}${path}/operations/${operation}`;
    const answer = {
      ...type('inviteParticipantsOperation'),
      id: operation,
      status: 'Running',
      clientContext,
      participants,
    };
    const bearer = [{ name: 'Authorization', value: 'Bearer [removed]' }];
    yield entry(i * 10, 'POST', `${base}${path}/participants/invite`, bearer, { participants, clientContext }, 200, {
      ...answer,
      location,
    });
    const notify = (at, changeType, resourceUrl, resourceData) =>
      entry(
        i * 10 + at,
        'POST',
        'https://bot.contoso.com/api/calls',
        [],
        {
          ...type('commsNotifications'),
          value: [{ ...type('commsNotification'), changeType, resourceUrl, resourceData }],
        },
        202,
      );
    yield notify(200, 'deleted', `${path}/operations/${operation}`, { ...answer, status: 'completed' });
    const stream = {
      ...type('mediaStream'),
      mediaType: 'audio',
      sourceId: '1',
      direction: 'sendReceive',
      serverMuted: false,
    };
    yield notify(400, 'updated', `${path}/participants`, [
      {
        ...type('participant'),
        id: user,
        isMuted: false,
        isInLobby: false,
        info: { ...type('participantInfo'), identity: { ...type('identitySet'), ...padding(identity.user) } },
        mediaStreams: [stream],
      },
    ]);
  }
}

const descriptor = openSync(file, 'w');
writeSync(descriptor, '{"log":{"version":"1.2","creator":{"name":"long-recording","version":"1"},"entries":[');
let first = true;
for (const one of entries(Number(count))) {
  writeSync(descriptor, `${first ? '' : ',\n'}${JSON.stringify(one)}`);
  first = false;
}
writeSync(descriptor, ']}}');
closeSync(descriptor);
