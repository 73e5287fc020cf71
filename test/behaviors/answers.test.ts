import type { History } from '../../history/events';
import { user } from '../support/bodies';
import { findingOn, openOn, verdictOn } from '../support/cases';
import { drop } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import type { ResponseOptions, InvitationOptions } from '../support/story-options';

const ACCEPTED = 'multiple.accepted';
const REFUSED = 'request.malformed-json';
const LONG = 'x'.repeat(200);
const CUT = 'x'.repeat(160);
const JSON_TYPE: [string, string] = ['content-type', 'application/json'];
const LATER: ResponseOptions = { headers: [JSON_TYPE, ['retry-after', '1']] };
const REFUSABLE: InvitationOptions = { expect: 'refused' };

const told = (id: string, tell: (run: RunStory) => RunStory): History => tell(aRun([id]).control()).history();

describe('what a finding shows of a response', () => {
  const observed = (tell: (run: RunStory) => RunStory): unknown => findingOn(told(ACCEPTED, tell), ACCEPTED).observed;

  test('its status, and the code and message of an error', () => {
    const [code, message] = ['BadRequest', 'The request is malformed.'];
    expect(observed((run) => run.invite().refuse(400))).toStrictEqual({ is: 'answer', status: 400, code, message });
  });

  test('the beginning of a long code or message', () => {
    const body = JSON.stringify({ error: { code: LONG, message: LONG } });
    expect(observed((run) => run.invite().refuse(400, undefined, { raw: body }))).toStrictEqual({
      is: 'answer',
      status: 400,
      code: CUT,
      message: CUT,
    });
  });

  test.each([
    [300, { location: CUT }],
    [302, { location: CUT }],
    [399, { location: CUT }],
    [400, {}],
    [500, {}],
  ])('the Location of %i, if that is a redirect', (status, more) => {
    const reply: ResponseOptions = { raw: '', headers: [['location', LONG]] };
    expect(observed((run) => run.invite().refuse(status, undefined, reply))).toStrictEqual({
      is: 'answer',
      status,
      ...more,
    });
  });

  test('the reason of a missing response', () => {
    expect(observed((run) => run.invite().noAnswer('reset'))).toStrictEqual({ is: 'noAnswer', reason: 'reset' });
    const { header, events } = told(ACCEPTED, (run) => run.invite().noAnswer('reset'));
    const cut = events.map((event) => {
      if (event.kind !== 'exchange' || !event.failure) return event;
      const { failure: _failure, ...rest } = event;
      return rest;
    });
    expect(findingOn({ header, events: cut }, ACCEPTED).observed).toStrictEqual({
      is: 'noAnswer',
      reason: 'the exchange was cut off',
    });
  });

  test('the beginning of a body that is not JSON', () => {
    const history = told('refusal.error-body', (run) => run.invite(REFUSABLE).refuse(400, undefined, { raw: LONG }));
    expect(findingOn(history, 'refusal.error-body').observed).toMatchObject({ is: 'unreadable', beginning: CUT });
  });
});

test('an invitation that must be refused but was completed is shown by its response and its completion', () => {
  const { at } = findingOn(
    told('pstn.number-required', (run) => run.invite({ expect: 'refusedOrFails' }).joins()),
    'pstn.number-required',
  );
  expect(at.map(({ part, path }) => [part, path])).toEqual([
    ['status', undefined],
    ['body', '$.value[0].resourceData.status'],
  ]);
});

describe('503 with Retry-After', () => {
  const unavailable = (run: RunStory, options: InvitationOptions): RunStory =>
    run.invite(options).refuse(503, undefined, LATER).refuse(503, undefined, LATER);

  test.each(['refusal.client-error', REFUSED])('each time, to an invitation that must be refused: %s fails', (id) => {
    const { observed } = findingOn(
      told(id, (run) => unavailable(run, REFUSABLE)),
      id,
    );
    expect(observed).toMatchObject({ is: 'answer', status: 503 });
  });

  test('once asks to wait, and proves nothing', () => {
    const once = told(REFUSED, (run) => run.invite(REFUSABLE).refuse(503, undefined, LATER));
    expect(openOn(once, REFUSED).reason).toEqual({ why: 'notShown', lacks: 'notThrottled' });
  });

  test('each time, to an invitation that must be accepted, proves nothing', () => {
    const history = told(ACCEPTED, (run) => unavailable(run, {}));
    expect(openOn(history, ACCEPTED).reason).toEqual({ why: 'notShown', lacks: 'notThrottled' });
    const failing = told('refusal.client-error', (run) => unavailable(run, { expect: 'fails' }));
    expect(verdictOn(failing, 'refusal.client-error')).toBe('untested');
  });

  test('429 each time proves nothing', () => {
    const history = told(REFUSED, (run) => run.invite(REFUSABLE).refuse(429).refuse(429));
    expect(openOn(history, REFUSED).reason).toEqual({ why: 'notShown', lacks: 'notThrottled' });
  });
});

describe('the same invitation sent twice', () => {
  const ID = 'request.duplicate-invitee';
  const U: InvitationOptions = { invitees: [user('u')] };
  const AGAIN: InvitationOptions = { ...U, alreadyInCall: true, expect: 'refusedOrFails', call: 'c' };
  const first = (run: RunStory): RunStory => run.invite({ ...U, call: 'c', tries: [] });

  test('may be accepted as one: the response names the same operation', () => {
    const history = told(ID, (run) =>
      first(run)
        .joins()
        .invite({ ...AGAIN, operationId: 'operation-2' })
        .answer(),
    );
    expect(verdictOn(history, ID)).toBe('passed');
  });

  test.each<[string, (run: RunStory) => RunStory]>([
    ['another operation', (run) => first(run).joins().invite(AGAIN).answer()],
    [
      'the operation of an invitation to another call',
      (run) =>
        first(run)
          .joins()
          .invite({ ...U, tries: [], call: 'd' })
          .joins()
          .invite({ ...AGAIN, operationId: 'operation-3' })
          .answer(),
    ],
    [
      'no operation, like the first',
      (run) => first(run).answer(drop('/id')).completion().roster().invite(AGAIN).answer(drop('/id')),
    ],
    [
      'the same operation, but nobody is in the call already',
      (run) =>
        first(run)
          .joins()
          .invite({ ...AGAIN, alreadyInCall: false, operationId: 'operation-2' })
          .answer(),
    ],
  ])('does not count as one if the response names %s', (_what, tell) => {
    expect(findingOn(told(ID, tell), ID).fact).toBe('invitation.refused');
  });
});
