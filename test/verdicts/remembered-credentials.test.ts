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

test('nothing is remembered of a valid token that was refused, or of bad credentials that were let in', () => {
  const refused = aRun([]).control();
  refused.invite({ attempt: 'none', tries: ['request.route'], ...KEPT }).refuse(400);
  refused.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  refused.invite({ attempt: 'none', ...NONE }).refuse(401);
  expect(shown(refused)).toEqual([
    [['request.route'], undefined],
    [['authorization.required'], undefined],
  ]);
  const letIn = aRun([]).control();
  letIn.invite({ attempt: 'none', ...DELEGATED, ...KEPT }).joins();
  letIn.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  letIn.invite({ attempt: 'none', ...NONE }).refuse(401);
  expect(shown(letIn)).toEqual([
    [['authorization.required'], undefined],
    [['authorization.delegated'], undefined],
  ]);
});

test('credentials that are refused once of two times do not show that a connection decides', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...NONE }).refuse(401);
  run.invite({ attempt: 'none', ...NONE }).joins();
  expect(shown(run)).toEqual([[['authorization.required'], undefined]]);
});

test('an error of the service is no sign that it remembers credentials', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).refuse(500);
  run.invite({ attempt: 'none', ...NONE }).refuse(401);
  expect(shown(run)).toEqual([[['authorization.required'], undefined]]);
});

test('other credentials that are refused do not show that a connection decides', () => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...DELEGATED }).refuse(403);
  expect(shown(run)).toEqual([[['authorization.required'], undefined]]);
});

test('credentials that a call admits on one connection only, or once of two times, do not show that it decides', () => {
  const kept = afterValid('none');
  kept.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  kept.invite({ attempt: 'first', ...NONE }).refuse(401);
  expect(shown(kept)).toEqual([[['authorization.required'], undefined]]);
  const once = afterValid('none');
  once.invite({ attempt: 'none', ...NONE }).joins();
  once.invite({ attempt: 'none', ...NONE }).refuse(401);
  once.invite({ attempt: 'first', ...NONE }).refuse(401);
  expect(shown(once)).toEqual([[['authorization.required'], undefined]]);
});

test('what else an invitation with bad credentials tries does not matter', () => {
  const both = { ...NONE, tries: ['authorization.required', 'refusal.error-body'] };
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...both, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...both }).refuse(401);
  expect(shown(run)).toEqual([[['authorization.required'], 'connection']]);
});

test.each([
  ['after bad credentials on it', 401, KEPT, KEPT, 'connection'],
  ['with another status for them', 403, KEPT, KEPT, 'connection'],
  ['for another reason', 404, KEPT, KEPT, undefined],
  ['on a new connection', 401, KEPT, {}, undefined],
  ['after bad credentials on another one', 401, {}, KEPT, undefined],
] as const)('a valid token that is refused %s', (_, status, bad, valid, decidedBy) => {
  const run = afterValid('none');
  run.invite({ attempt: 'none', ...NONE, ...KEPT }).joins();
  run.invite({ attempt: 'none', ...NONE }).refuse(401);
  run.invite({ attempt: 'none-first', tries: [], ...KEPT }).joins();
  run.invite({ attempt: 'none-first', ...NONE, ...bad }).refuse(401);
  run.invite({ attempt: 'none-first', tries: ['request.route'], ...valid }).refuse(status);
  const own = shown(run).find(([behaviors]) => behaviors.includes('request.route'));
  expect(own?.[1]).toBe(decidedBy);
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
