import { drop, instead, put } from '../support/edits';
import { said, testArea, type Telling } from '../support/cases';
import { aRun } from '../support/histories';

const told: Telling = (run) => run.invite().joins();
const nothing: readonly [Telling, string] = [(run) => run.invite().answer(), 'no notification reached the callback'];

/** What a sender made anew in whole, and what came of it before. */
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
      PUT: [(run) => run.invite().answer().completion(undefined, { method: 'PUT' }), 'the method is "PUT"'],
      'OPTIONS that brings it': [
        (run) => run.invite().answer().completion(undefined, { method: 'OPTIONS' }),
        'the method is "OPTIONS"',
      ],
      'one of several': [(run) => run.invite().joins().roster(undefined, { method: 'GET' }), 'the method is "GET"'],
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
      'broken off, and made anew in whole': (run) =>
        run.invite().answer().completion(undefined, BROKEN_OFF).deliver(WHOLE),
    },
    fails: {
      'no Content-Type': [(run) => run.invite().answer().completion(undefined, { headers: [] }), 'Content-Type is '],
      'text/json': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { headers: [['content-type', 'text/json']] }),
        'Content-Type is "text/json"',
      ],
      'no JSON': [(run) => run.invite().answer().completion(undefined, { raw: 'hello' }), '): "hello"'],
      empty: [(run) => run.invite().answer().completion(undefined, { raw: '' }), 'not JSON (empty: there is no body)'],
      'broken off': [
        (run) => run.invite().answer().completion(undefined, BROKEN_OFF),
        'the body is not JSON (cut off; 30 bytes came)',
      ],
      'broken off, and other bytes after it': [
        (run) => run.invite().answer().completion(undefined, BROKEN_OFF).running(),
        'the body is not JSON (cut off; 30 bytes came)',
      ],
      'no UTF-8': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { raw: Buffer.from('"\u00fc"', 'latin1') }),
        'not UTF-8',
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
        "$['@odata.type']",
      ],
      'another type': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { envelope: put('/@odata.type', '#microsoft.graph.commsNotification') }),
        '"#microsoft.graph.commsNotification"',
      ],
      'an empty value': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { envelope: put('/value', []) }),
        '$.value is array []',
      ],
      'value is no array': [
        (run) => {
          run.invite().answer();
          const item = run.operationItem('completed');
          return run.completion(undefined, { envelope: put('/value', item) });
        },
        '$.value is object',
      ],
      'the notification alone': [
        (run) => {
          run.invite().answer();
          const item = run.operationItem('completed');
          return run.completion(undefined, { envelope: instead(item) });
        },
        '$.value is absent',
      ],
      'an item of another type': [
        (run) => run.invite().answer().completion(put('/@odata.type', '#microsoft.graph.call')),
        "$.value[0]['@odata.type']",
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
      absent: [(run) => run.invite().answer().completion(drop('/changeType')), '$.value[0].changeType is '],
      Deleted: [
        (run) => run.invite().answer().completion(put('/changeType', 'Deleted')),
        '$.value[0].changeType is "Deleted"',
      ],
      'the second of an envelope': [
        (run) => {
          run.invite().answer();
          return run.post([run.operationItem('completed'), put('/changeType', 'removed')(run.rosterItem())]);
        },
        '$.value[1].changeType is "removed"',
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
      'resource says something else': (run) => run.invite().answer().completion(put('/resource', '/elsewhere')),
      'another call of the run': (run) => run.control({ callId: 'other' }).invite().answer().completion(),
    },
    fails: {
      "the call's id in another spelling": [
        (run) =>
          run.invite({ callId: 'c-1' }).answer().completion(put('/resourceUrl', '/communications/calls/%7BC1%7D')),
        'which has the id of the call of story/attempt-1#1 in another spelling',
      ],
      absent: [(run) => run.invite().answer().completion(drop('/resourceUrl')), '$.value[0].resourceUrl is '],
      empty: [
        (run) => run.invite().answer().completion(put('/resourceUrl', '')),
        '$.value[0].resourceUrl is "", which names no call of this run',
      ],
      'a stranger': [
        (run) => run.invite().answer().completion(put('/resourceUrl', '/communications/calls/strange/operations/1')),
        'which names no call of this run',
      ],
      'resource in its place': [
        (run) => {
          run.invite().answer();
          const { resourceUrl, ...item } = run.operationItem('completed');
          return run.completion(instead({ ...item, resource: resourceUrl }));
        },
        '$.value[0].resourceUrl is ',
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

  test.each(['post', 'json', 'envelope', 'change-type', 'resource-url'])('notification.%s passes them over', (name) => {
    const id = `notification.${name}`;
    const history = aRun([id]).invite().joins().deliver(undefined, stray).history();
    expect(said(history, id)).toBe('passed');
  });
});
