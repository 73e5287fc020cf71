import type { History } from '../../history/events';
import { rosterEntry, user } from '../support/bodies';
import { findingOn, verdictOn } from '../support/cases';
import { put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import type { InvitationOptions } from '../support/story-options';

const told = (id: string, tell: (run: RunStory) => RunStory): History =>
  tell(aRun([id], { edition: '2025-07-23' })).history();

describe('pstn.e164', () => {
  const id = 'pstn.e164';
  const phone = (number: string): InvitationOptions => ({ invitees: [{ kind: 'phone', id: number }] });
  const odd = (run: RunStory): RunStory => run.control().invite({ ...phone('conformance'), expect: 'refusedOrFails' });

  test('passes if an invalid number is refused or fails, and a valid number comes back unchanged', () => {
    expect(
      verdictOn(
        told(id, (run) => odd(run).refuse(400)),
        id,
      ),
    ).toBe('passed');
    expect(
      verdictOn(
        told(id, (run) => odd(run).answer().failing()),
        id,
      ),
    ).toBe('passed');
    expect(
      verdictOn(
        told(id, (run) => run.invite(phone('+12345678901')).joins()),
        id,
      ),
    ).toBe('passed');
  });

  test('fails if an invalid number is invited', () => {
    expect(
      findingOn(
        told(id, (run) => odd(run).joins()),
        id,
      ).fact,
    ).toBe('invitation.refused');
  });

  test.each([['12345678901'], ['tel:+12345678901'], ['+1 2345678901'], ['+0123'], ['+1234567890123456']])(
    'fails if the number comes back as %s',
    (number) => {
      const tell = (run: RunStory) =>
        run.invite(phone('+12345678901')).answer(put('/participants/0/identity/phone/id', number));
      expect(findingOn(told(id, tell), id)).toMatchObject({ fact: id, observed: { is: 'json', value: number } });
    },
  );
});

describe('pstn.e164 in notifications', () => {
  const id = 'pstn.e164';
  const TEL = 'tel:+12345678901';
  const NUMBER = '+12345678901';
  const one: InvitationOptions = { invitees: [user('u'), { kind: 'phone', id: NUMBER }] };
  const observed = (tell: (run: RunStory) => RunStory): unknown => {
    const { observed: value, at } = findingOn(told(id, tell), id);
    return { value, at: at.map(({ path }) => path) };
  };
  const value = { is: 'json', value: TEL };

  test('fails if the completion or a roster contains the number in another form', () => {
    const completion = put('/resourceData/participants/1/identity/phone/id', TEL);
    expect(observed((run) => run.invite(one).answer().completion(completion))).toEqual({
      value,
      at: ['$.value[0].resourceData.participants[1].identity.phone.id'],
    });
    const roster = put('/resourceData/1/info/identity/phone/id', TEL);
    expect(observed((run) => run.invite(one).answer().completion().roster(roster))).toEqual({
      value,
      at: ['$.value[0].resourceData[1]'],
    });
  });

  test('does not judge rosters of a call that others share, or invitations without a phone', () => {
    const roster = put('/resourceData/1/info/identity/phone/id', TEL);
    const shared = told(id, (run) =>
      run
        .invite({ ...one, sharedCallback: true })
        .answer()
        .completion()
        .roster(roster),
    );
    expect(verdictOn(shared, id)).toBe('passed');
    const user2 = told(id, (run) =>
      run
        .invite()
        .answer()
        .completion()
        .roster(put('/resourceData/1', rosterEntry({ kind: 'phone', id: TEL }))),
    );
    expect(verdictOn(user2, id)).toBe('passed');
  });
});
