import { judge } from '../../verdicts/verdict';
import { put } from '../support/edits';
import { verdictOn } from '../support/cases';
import { aRun } from '../support/histories';

const NOWHERE = { to: null };

describe('a call with a callback path of its own', () => {
  test.each(['completion.announced', 'roster.announced'])(
    '%s fails if the notification is posted to an unknown callback path',
    (id) => {
      const history = aRun([id]).invite().answer().completion(undefined, NOWHERE).roster(undefined, NOWHERE).history();
      expect(verdictOn(history, id)).toBe('failed');
    },
  );
});

describe('calls without a callback path of their own', () => {
  const shared = { sharedCallback: true };

  test('notifications that name a call belong to it, wherever they are delivered', () => {
    const run = aRun().invite(shared).answer().completion(undefined, NOWHERE).roster(undefined, NOWHERE);
    run.invite(shared).answer().completion(undefined, NOWHERE).roster(undefined, NOWHERE);
    expect(judge(run.history()).filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  });

  test('notifications about unknown calls are ignored', () => {
    const run = aRun().invite(shared).answer().completion(undefined, NOWHERE).roster(undefined, NOWHERE);
    const foreign = put('/resourceUrl', '/communications/calls/strange/participants');
    run.roster(foreign, { ...NOWHERE, method: 'PUT', headers: [] });
    expect(judge(run.history()).filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  });

  test.each(['notification.post', 'notification.json'])('%s judges notifications that name a call of the run', (id) => {
    const run = aRun([id]).invite(shared).answer();
    run.completion(undefined, { ...NOWHERE, method: 'PUT', headers: [] });
    expect(verdictOn(run.history(), id)).toBe('failed');
  });
});
