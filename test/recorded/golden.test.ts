import { JUDGED_VERDICTS } from '../../verdicts/gate';
import { judgeGolden, recordedRuns } from '../support/golden';
import { contradictions, verdictOn } from './compare';
import { entriesOf, harText } from './har-of-history';
import { judgedFrom } from './judged-from';

/** Recorded runs whose fault a recording does not show, with the reason. */
const NOT_SHOWN: Record<string, string> = {
  'authorization.application-permission/fails-later': 'a token says nothing',
  'authorization.unknown-token/any-token': 'a token says nothing',
  'completion.status/failed': 'an operation may fail for reasons of its own',
  'failure.no-roster/joins-first': 'who is in a call may have come otherwise',
  'multiple.accepted/fails': 'the call may be without chat info',
  'multiple.chat-info-required/accepted': 'the call may have chat info',
  'notification.json/cut-off': 'what is not JSON is not known to be a notification',
  'ordering.concurrent-invitations/busy-server-error': 'the refusal may be right',
  'pstn.accepted/fails': 'the call may be without a PSTN number',
  'pstn.number-required/accepted': 'the call may have a PSTN number',
  'pstn.phone-roster/as-user': 'the phone is missing at once and nowhere else',
  'refusal.no-effect/completion-follows': 'the operation matches no recorded response',
  'refusal.no-effect/roster-follows': 'who is in a call may have come otherwise',
  'replace.accepted/alone-refused': 'the refusal may be right',
  'replace.peer-call-deleted/group-call': 'the group call may have ended',
  'replace.peer-call-terminated/ended': 'another state may be one of those in between',
  'request.client-context-optional/null-refused': 'the refusal may be right',
  'request.duplicate-invitee/accepted-in-silence': 'who is in a call is not known',
  'request.group-calls-only/accepted': 'of which kind a call is is not known',
  'request.route/not-found': 'the call may be over',
  'request.unknown-call/accepted': 'the call may exist',
};

// A third of the runs is sufficient; `npm run recorded-matrix` judges all.
const EVERY = process.env['RECORDED_ROWS'] === undefined ? 3 : 1;
const runs = recordedRuns().filter((name, i) => i % EVERY === 0 && !name.startsWith('load'));

function faultOf(name: string): string {
  return name.startsWith('fault.') ? name.slice('fault.'.length).replace('__', '/') : '';
}

test.each(runs)('%s has the verdicts of the live run, as far as the recording shows them', (name) => {
  const { history, result: live } = judgeGolden(name);
  const recorded = [{ kind: 'har' as const, text: harText(entriesOf(history)) }];
  const { result } = judgedFrom(recorded, history.header.timeoutMs);
  const fault = faultOf(name);
  expect(contradictions(live, result, fault)).toEqual([]);
  const [verdict] = verdictOn(result, fault.split('/')[0] ?? '').split(' ');
  expect(verdict).toBe(fault === '' ? 'none' : NOT_SHOWN[fault] === undefined ? 'failed' : 'untested');
});

test('most behaviours of a conforming service can be judged', () => {
  const { history } = judgeGolden('conforming');
  const recorded = [{ kind: 'har' as const, text: harText(entriesOf(history)) }];
  const { result } = judgedFrom(recorded, history.header.timeoutMs);
  const judged = result.behaviors.filter(({ verdict }) => JUDGED_VERDICTS.includes(verdict));
  expect(judged.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
  expect(judged.length).toBeGreaterThanOrEqual(64);
});
