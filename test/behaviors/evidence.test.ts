import type { History } from '../../history/events';
import { envelope, user } from '../support/bodies';
import { findingOn, judged, openOn, verdictOn } from '../support/cases';
import { all, drop, instead, put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import type { DeliveryOptions } from '../support/story-options';

const told = (id: string, tell: (run: RunStory) => RunStory): History => tell(aRun([id])).history();

describe('what arrived, in a finding about a missing notification', () => {
  const ID = 'completion.announced';
  const UNREADABLE: DeliveryOptions = { raw: '{"value":' };
  const observed = (tell: (run: RunStory) => RunStory): unknown => findingOn(told(ID, tell), ID).observed;

  test('a summary of each notification, and the number of deliveries that could not be read or belong to no call', () => {
    const seen = observed((run) =>
      run
        .control({ call: 'other', callId: 'c1' })
        .running(undefined, UNREADABLE)
        .invite({ callId: 'c2', call: 'own' })
        .answer()
        .running()
        .running(all(drop('/changeType'), drop('/resourceUrl'), drop('/resourceData/status')))
        .running(undefined, UNREADABLE)
        .running(undefined, { ...UNREADABLE, to: null })
        .callUpdate(),
    );
    expect(seen).toStrictEqual({
      is: 'arrivals',
      arrivals: [
        {
          event: 10,
          about: 'operation',
          changeType: 'updated',
          resourceUrl: '/communications/calls/c2/operations/operation-2',
          state: 'running',
          call: 'own',
        },
        { event: 11, about: 'operation', call: 'own' },
      ],
      unread: 1,
      astray: 1,
      inRun: 8,
    });
  });

  test('twelve notifications at most', () => {
    const seen = observed((run) => {
      run.invite().answer();
      for (let i = 0; i < 13; i += 1) run.running();
      return run;
    });
    expect((seen as { arrivals: unknown[] }).arrivals).toHaveLength(12);
  });
});

describe('a violation of a schema', () => {
  test('is reported with the members that are present, and at most four places', () => {
    const history = told('response.operation', (run) =>
      run.invite().answer(
        put(
          '/participants',
          Array.from({ length: 6 }, () => ({ endpointType: 1, identity: 2 })),
        ),
      ),
    );
    expect(findingOn(history, 'response.operation').at).toHaveLength(4);
    const { expected } = findingOn(
      told('completion.operation', (run) => run.invite().answer().completion(drop('/resourceData/participants'))),
      'completion.operation',
    );
    expect(expected).toMatchObject({ present: ['@odata.type', 'status', 'clientContext', 'id'] });
  });
});

test('the beginning of a notification that is not JSON is shown', () => {
  const id = 'notification.json';
  const { observed } = findingOn(
    told(id, (run) =>
      run
        .invite()
        .answer()
        .completion(undefined, { raw: 'x'.repeat(200) }),
    ),
    id,
  );
  expect(observed).toMatchObject({ is: 'unreadable', beginning: 'x'.repeat(160) });
});

describe('deliveries that are not notifications', () => {
  const probed = (id: string, how: DeliveryOptions): string =>
    verdictOn(
      told(id, (run) => run.invite().joins().deliver(undefined, how)),
      id,
    );

  test.each(['HEAD', 'OPTIONS'])('%s without a body is only a probe', (method) => {
    expect(probed('notification.post', { method, raw: '' })).toBe('passed');
    expect(probed('notification.post', { method, raw: '{}' })).toBe('failed');
  });

  test('a delivery to no callback does not belong to the call that it names if that has its own callback', () => {
    const astray = told('notification.post', (run) =>
      run.invite().joins().running(undefined, { to: null, method: 'PUT' }),
    );
    expect(verdictOn(astray, 'notification.post')).toBe('passed');
  });

  /** The verdict on a truncated completion, and what follows it. */
  const cutOff = (how: DeliveryOptions, then: (run: RunStory) => RunStory): string => {
    const id = 'notification.json';
    const run = aRun([id]).control().invite({ call: 'own' }).answer();
    const whole = JSON.stringify(envelope([run.operationItem('completed')]));
    run.completion(undefined, { raw: whole.slice(0, -9), truncated: true, unacknowledged: true, ...how });
    return verdictOn(then(run).history(), id);
  };
  const again = (run: RunStory): RunStory => run.completion();

  test('a truncated one that is then repeated completely does not count', () => {
    expect(cutOff({}, again)).toBe('passed');
  });

  test.each<[string, DeliveryOptions, (run: RunStory) => RunStory]>([
    ['it was acknowledged', { unacknowledged: false }, again],
    ['another one follows', {}, (run) => run.roster()],
    ['nothing follows', {}, (run) => run],
    ['the next one is truncated too', {}, (run) => run.completion(undefined, { truncated: true })],
    [
      'it is repeated completely to another callback',
      {},
      (run) => run.completion(undefined, { to: 'story/attempt-1#1' }),
    ],
  ])('a truncated one is judged if %s', (_when, how, then) => {
    expect(cutOff(how, then)).toBe('failed');
  });

  test('a truncated repetition of a complete one is judged', () => {
    const id = 'notification.json';
    const run = aRun([id]).invite().answer().completion();
    const whole = JSON.stringify(envelope([run.operationItem('completed')]));
    run.completion(undefined, { raw: whole.slice(0, -9), truncated: true, unacknowledged: true });
    expect(verdictOn(run.history(), id)).toBe('failed');
  });
});

describe('rosters of other invitations', () => {
  const HOST = [user('host')];
  const beside = (id: string, edit: (item: unknown) => unknown): string =>
    verdictOn(
      told(id, (run) => {
        run.invite({ callId: 'c1' }).joins();
        return run.roster(all(instead(run.rosterItem(HOST)), edit));
      }),
      id,
    );

  test.each<[string, string, (item: unknown) => unknown]>([
    ['roster.change-type', 'has another changeType', put('/changeType', 'created')],
    [
      'roster.resource-url',
      'names a call that is not of this run',
      put('/resourceUrl', '/communications/calls/x/participants'),
    ],
    [
      'roster.resource-url',
      'names its call in an undocumented form',
      put('/resourceUrl', '/v1.0/calls/c1/participants'),
    ],
    ['roster.resource-url', 'names nothing', drop('/resourceUrl')],
  ])('%s passes if a roster without the invitee %s', (id, _what, edit) => {
    expect(beside(id, edit)).toBe('passed');
  });
});

test('a finding keeps only the beginning of a huge operation id, expected or observed', () => {
  const operationId = 'x'.repeat(100_000);
  const headers: [string, string][] = [['location', '/communications/calls/c/operations/other']];
  const ids = ['response.location-operation', 'completion.resource-url', 'response.operation-id-unique'];
  for (const id of ids) {
    const history = told(id, (run) =>
      run
        .invite({ callId: 'c', operationId })
        .answer(undefined, { headers })
        .completion(all(put('/resourceUrl', '/communications/calls/c/operations/other')))
        .roster()
        .invite({ callId: 'd', operationId })
        .answer(),
    );
    const finding = findingOn(history, id);
    expect([id, JSON.stringify(finding).length < 5000]).toEqual([id, true]);
    expect(JSON.stringify(finding)).toContain('xxx');
  }
});

test('the only operation of a run is told with the exchange that showed its id', () => {
  const history = told('response.operation-id-unique', (run) => run.invite().answer());
  const exchanges = history.events.filter(({ kind }) => kind === 'exchange').map(({ n }) => n);
  expect(exchanges).toHaveLength(1);
  expect(openOn(history, 'response.operation-id-unique').events).toEqual(exchanges);
});

test('an operation id that several invitations have is that of the first', () => {
  const history = told('response.operation-id-unique', (run) => {
    for (let i = 0; i < 3; i += 1) run.invite({ operationId: 'o' }).answer();
    return run;
  });
  const { findings } = judged(history, 'response.operation-id-unique');
  expect(findings.map(({ belongsTo }) => belongsTo)).toEqual(['story/attempt-1/1', 'story/attempt-1/1']);
});
