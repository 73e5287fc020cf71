import { drop, instead, put } from '../support/edits';
import { shows, verdictOn, testArea, type Telling, type Lacking } from '../support/cases';
import { aRun } from '../support/histories';

const told: Telling = (run) => run.invite().joins();
const nothing: readonly [Telling, Lacking] = [
  (run) => run.invite().answer(),
  { lacks: 'delivery', restsOn: ['completion.announced', 'roster.announced'] },
];

/** A delivery that its sender repeated in full after it was cut off. */
const WHOLE = { made: 'anew', after: 'it was broken off' };
const BROKEN_OFF = { raw: JSON.stringify(WHOLE).slice(0, 30), truncated: true, unacknowledged: true };

testArea('notification', {
  'notification.post': {
    passes: {
      POST: told,
      'a probe before it': (run) =>
        run.invite().answer().completion(undefined, { method: 'OPTIONS', headers: [], raw: '' }).completion(),
    },
    fails: {
      PUT: [
        (run) => run.invite().answer().completion(undefined, { method: 'PUT' }),
        { fact: 'notification.post', part: 'method', observed: { is: 'json', value: 'PUT' } },
      ],
      'OPTIONS with the notification': [
        (run) => run.invite().answer().completion(undefined, { method: 'OPTIONS' }),
        { fact: 'notification.post', part: 'method', observed: { is: 'json', value: 'OPTIONS' } },
      ],
      'one of several': [
        (run) => run.invite().joins().roster(undefined, { method: 'GET' }),
        { fact: 'notification.post', part: 'method', observed: { is: 'json', value: 'GET' } },
      ],
    },
    untested: { nothing },
  },
  'notification.json': {
    passes: {
      'application/json': told,
      'with a charset': (run) =>
        run
          .invite()
          .answer()
          .completion(undefined, { headers: [['content-type', 'application/json; charset=utf-8']] }),
      'cut off, and then repeated in full': (run) =>
        run.invite().answer().completion(undefined, BROKEN_OFF).deliver(WHOLE),
    },
    fails: {
      'no Content-Type': [
        (run) => run.invite().answer().completion(undefined, { headers: [] }),
        { fact: 'notification.json', part: 'header', path: 'content-type', observed: { is: 'absent' } },
      ],
      'text/json': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { headers: [['content-type', 'text/json']] }),
        {
          fact: 'notification.json',
          part: 'header',
          path: 'content-type',
          observed: { is: 'json', value: 'text/json' },
        },
      ],
      'not JSON': [
        (run) => run.invite().answer().completion(undefined, { raw: 'hello' }),
        { fact: 'notification.json', path: '$', observed: { is: 'unreadable', beginning: 'hello' } },
      ],
      empty: [
        (run) => run.invite().answer().completion(undefined, { raw: '' }),
        { fact: 'notification.json', path: '$', observed: { is: 'unreadable', beginning: '' } },
      ],
      'cut off': [
        (run) => run.invite().answer().completion(undefined, BROKEN_OFF),
        {
          fact: 'notification.json',
          path: '$',
          observed: { is: 'unreadable', beginning: '{"made":"anew","after":"it was' },
        },
      ],
      'cut off, and then other bytes': [
        (run) => run.invite().answer().completion(undefined, BROKEN_OFF).running(),
        {
          fact: 'notification.json',
          path: '$',
          observed: { is: 'unreadable', beginning: '{"made":"anew","after":"it was' },
        },
      ],
      'not UTF-8': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { raw: Buffer.from('"\u00fc"', 'latin1') }),
        { fact: 'notification.json', path: '$', observed: { is: 'unreadable', beginning: 'Ivwi' } },
      ],
    },
    untested: { nothing },
  },
  'notification.envelope': {
    passes: {
      'one notification': told,
      'several notifications': (run) => {
        run.invite().answer();
        return run.post([run.operationItem('completed'), run.rosterItem()]);
      },
      'with more than documented': (run) =>
        run
          .invite()
          .answer()
          .completion(undefined, { envelope: put('/validationTokens', ['x']) }),
      'items without a type': (run) => run.invite().answer().completion(drop('/@odata.type')),
    },
    fails: {
      'no type': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { envelope: drop('/@odata.type') }),
        shows('notification.envelope', "$['@odata.type']", undefined),
      ],
      'another type': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { envelope: put('/@odata.type', '#microsoft.graph.commsNotification') }),
        shows('notification.envelope', "$['@odata.type']", '#microsoft.graph.commsNotification'),
      ],
      'an empty value': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { envelope: put('/value', []) }),
        shows('notification.envelope', '$.value', []),
      ],
      'value is not an array': [
        (run) => {
          run.invite().answer();
          const item = run.operationItem('completed');
          return run.completion(undefined, { envelope: put('/value', item) });
        },
        { fact: 'notification.envelope', path: '$.value', observed: { is: 'json' } },
      ],
      'without an envelope': [
        (run) => {
          run.invite().answer();
          const item = run.operationItem('completed');
          return run.completion(undefined, { envelope: instead(item) });
        },
        shows('notification.envelope', '$.value', undefined),
      ],
      'an item of another type': [
        (run) => run.invite().answer().completion(put('/@odata.type', '#microsoft.graph.call')),
        shows('notification.envelope', "$.value[0]['@odata.type']", '#microsoft.graph.call'),
      ],
    },
    untested: { nothing },
  },
  'notification.change-type': {
    passes: {
      'deleted and updated': told,
      created: (run) => run.invite().answer().running(put('/changeType', 'created')),
    },
    fails: {
      absent: [
        (run) => run.invite().answer().completion(drop('/changeType')),
        shows('notification.change-type', '$.value[0].changeType', undefined),
      ],
      Deleted: [
        (run) => run.invite().answer().completion(put('/changeType', 'Deleted')),
        shows('notification.change-type', '$.value[0].changeType', 'Deleted'),
      ],
      'the second of an envelope': [
        (run) => {
          run.invite().answer();
          return run.post([run.operationItem('completed'), put('/changeType', 'removed')(run.rosterItem())]);
        },
        shows('notification.change-type', '$.value[1].changeType', 'removed'),
      ],
    },
    untested: { nothing },
  },
  'notification.resource-url': {
    passes: {
      'of the call': told,
      'with the /app prefix': (run) =>
        run.invite({ callId: 'c1' }).answer().completion(put('/resourceUrl', '/app/calls/c1/operations/x')),
      absolute: (run) =>
        run
          .invite({ callId: 'c1' })
          .answer()
          .completion(put('/resourceUrl', 'https://graph.test/v1.0/communications/calls/c1')),
      'another value of resource': (run) => run.invite().answer().completion(put('/resource', '/elsewhere')),
      'another call of the run': (run) => run.control({ callId: 'other' }).invite().answer().completion(),
    },
    fails: {
      "the call's id in another spelling": [
        (run) =>
          run.invite({ callId: 'c-1' }).answer().completion(put('/resourceUrl', '/communications/calls/%7BC1%7D')),
        shows('notification.resource-url', '$.value[0].resourceUrl', '/communications/calls/%7BC1%7D'),
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/resourceUrl')),
        shows('notification.resource-url', '$.value[0].resourceUrl', undefined),
      ],
      empty: [
        (run) => run.invite().answer().completion(put('/resourceUrl', '')),
        shows('notification.resource-url', '$.value[0].resourceUrl', ''),
      ],
      'an unknown call': [
        (run) => run.invite().answer().completion(put('/resourceUrl', '/communications/calls/strange/operations/1')),
        shows('notification.resource-url', '$.value[0].resourceUrl', '/communications/calls/strange/operations/1'),
      ],
      'resource instead of it': [
        (run) => {
          run.invite().answer();
          const { resourceUrl, ...item } = run.operationItem('completed');
          return run.completion(instead({ ...item, resource: resourceUrl }));
        },
        shows('notification.resource-url', '$.value[0].resourceUrl', undefined),
      ],
    },
    untested: { nothing },
  },
});

describe('deliveries that belong to no call of the run', () => {
  const stray = {
    to: null,
    method: 'PUT',
    headers: [],
    raw: '{"value":[{"resourceUrl":"/communications/calls/strange"}]}',
  };

  test.each(['post', 'json', 'envelope', 'change-type', 'resource-url'])('notification.%s ignores them', (name) => {
    const id = `notification.${name}`;
    const history = aRun([id]).invite().joins().deliver(undefined, stray).history();
    expect(verdictOn(history, id)).toBe('passed');
  });
});
