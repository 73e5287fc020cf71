import type { Finding } from '../../behaviors/behavior';
import { findingText } from '../../reporters/wording/finding-text';
import type { Cause } from '../../verdicts/causes';
import { resultOf } from '../../verdicts/result';
import { aRun, type RunStory } from '../support/histories';

const NONE = { tries: ['authorization.required'], expect: 'refused' } as const;
const DELEGATED = { tries: ['authorization.delegated'], expect: 'refused' } as const;
const KEPT = { keptConnection: true } as const;

function causesOf(run: RunStory): Cause[] {
  return resultOf(run.history(), { gate: 'linked', allowUntested: true, waivers: [], now: 0 }).causes;
}

const shown = (run: RunStory): [behaviors: string[], decidedBy: Finding['decidedBy']][] =>
  causesOf(run).map(({ behaviors, finding }) => [behaviors.toSorted(), finding.decidedBy]);

/** A call that admits the valid token on a connection, then receives other credentials there. */
function afterValid(attempt: string, run: RunStory = aRun([])): RunStory {
  return run.invite({ attempt, tries: ['request.route'], ...KEPT }).joins();
}

test('a service that remembers the credentials of a connection has one defect', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...NONE }).refuse(401);
  afterValid('delegated', run);
  run.invite({ attempt: 'delegated', ...DELEGATED, ...KEPT }).joins();
  run.invite({ attempt: 'delegated', ...DELEGATED }).refuse(403);
  run.invite({ attempt: 'none-first', ...NONE, ...KEPT }).refuse(401);
  run.invite({ attempt: 'none-first', tries: ['request.route'], ...KEPT }).refuse(401);
  expect(shown(run)).toEqual([[['authorization.delegated', 'authorization.required', 'request.route'], 'connection']]);
});

test('a service that remembers the credentials of a call has one defect', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...NONE }).joins();
  run.invite({ attempt: 'first', ...NONE }).refuse(401);
  afterValid('delegated', run);
  run.invite({ attempt: 'delegated', ...DELEGATED }).joins();
  run.invite({ attempt: 'first-delegated', ...DELEGATED }).refuse(403);
  expect(shown(run)).toEqual([[['authorization.delegated', 'authorization.required'], 'call']]);
});

test('credentials that are let in everywhere are defects of their own', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...NONE }).joins();
  run.invite({ attempt: 'first', ...NONE }).joins();
  run.invite({ attempt: 'none', ...DELEGATED, ...KEPT }).joins();
  run.invite({ attempt: 'first', ...DELEGATED }).joins();
  expect(shown(run)).toEqual([
    [['authorization.required'], undefined],
    [['authorization.delegated'], undefined],
  ]);
});

test('without the same credentials elsewhere, nothing shows that a service remembers', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none-first', ...DELEGATED, ...KEPT }).refuse(403);
  run.invite({ attempt: 'none-first', tries: ['request.route'], ...KEPT }).refuse(401);
  expect(shown(run)).toEqual([
    [['request.route'], undefined],
    [['authorization.required'], undefined],
  ]);
});

test('a body that is read only after an accepted invitation is no matter of credentials', () => {
  const JSON_ONLY = { tries: ['request.content-type'], expect: 'refused' } as const;
  const run = afterValid('types');
  run.invite({ attempt: 'types', ...JSON_ONLY }).joins();
  run.invite({ attempt: 'new', ...JSON_ONLY }).refuse(415);
  expect(shown(run)).toEqual([[['request.content-type'], undefined]]);
});

test('the report says what the requests share', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...NONE }).refuse(401);
  const [cause] = causesOf(run);
  expect(cause && findingText(cause.finding, 'authorization.required')).toMatchObject({
    title:
      'An invitation without an Authorization header is accepted (200) after other credentials on the same connection.',
    fix: 'Check the credentials of each request, not only those of an earlier one on the same connection.',
  });
});
