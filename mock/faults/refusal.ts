import type { Answer } from '../hooks';
import { fault, type Fault } from '../fault-records';
import { later, objectOf, onRefusal, planRefused, setHeader, type Refused } from '../hook-builders';
import { staysBehind } from './joining';
import { REFUSALS } from './touches';

const error = (answer: Answer): ReturnType<typeof objectOf> => objectOf(objectOf(answer.body)['error']);

const html = (answer: Answer): void => {
  setHeader(answer.headers, 'Content-Type', 'text/html');
  answer.text = `<!doctype html><title>${answer.status}</title><h1>${answer.status}</h1>`;
};

/** Duplicates are in the call legitimately, so only other invitees show that a refusal had an effect. */
const hasNewcomers = ({ rule }: Refused): boolean => rule !== 'duplicate';

const authenticationFails = ['authorization.required', 'authorization.bearer', 'authorization.unknown-token'];

/** Lists refused invitees in the next roster. */
const staysInCall = staysBehind((occasion) =>
  occasion.kind === 'refused' && hasNewcomers(occasion) ? occasion.attempt.participants : [],
);

export const refusalFaults: readonly Fault[] = [
  fault(
    'refusal.client-error/always-500',
    'answers 500 instead of every refusal',
    onRefusal((answer) => {
      answer.status = 500;
    }),
    REFUSALS,
  ),
  fault(
    'refusal.client-error/always-busy',
    'answers 503 with Retry-After instead of every refusal',
    onRefusal((answer) => {
      answer.status = 503;
      answer.headers['Retry-After'] = '0';
    }),
    REFUSALS,
  ),
  fault(
    'refusal.client-error/unavailable-when-malformed',
    'answers 503 to a body it cannot read',
    onRefusal((answer, { rule }) => {
      if (rule === 'json') answer.status = 503;
    }),
    // The mock treats JSON that is nested too deeply as malformed.
    ['request.malformed-json', 'request.participants-required'],
  ),
  fault(
    'refusal.client-error/overloaded-by-six',
    'answers 503 to more than five participants',
    onRefusal((answer, { rule }) => {
      if (rule === 'limit') answer.status = 503;
    }),
    ['multiple.six-refused'],
  ),
  fault(
    'refusal.client-error/redirects-to-login',
    'answers 302 to unauthenticated requests',
    onRefusal((answer, { rule }) => {
      if (rule !== 'authentication') return;
      answer.status = 302;
      answer.headers['Location'] = '/login';
    }),
    [...authenticationFails, 'authorization.status-401'],
  ),

  fault('refusal.error-body/html', 'answers refusals with an HTML page', onRefusal(html)),
  fault(
    'refusal.error-body/html-401',
    'answers 401 with an HTML page',
    onRefusal((answer, { rule }) => {
      if (rule === 'authentication') html(answer);
    }),
  ),
  fault(
    'refusal.error-body/html-malformed',
    "answers a body that is not JSON with a framework's HTML error page",
    onRefusal((answer, { rule }) => {
      if (rule === 'json') html(answer);
    }),
  ),
  fault(
    'refusal.error-body/empty',
    'answers refusals without a body',
    onRefusal((answer) => {
      answer.body = undefined;
    }),
  ),
  fault(
    'refusal.error-body/plain-text',
    'answers refusals with plain text',
    onRefusal((answer) => {
      setHeader(answer.headers, 'Content-Type', 'text/plain');
      answer.text = 'Not allowed.';
    }),
  ),
  fault(
    'refusal.error-body/string',
    'sends error as a string in error bodies',
    onRefusal((answer) => {
      answer.body = { error: 'The invitation is not valid.' };
    }),
  ),
  fault(
    'refusal.error-body/problem-details',
    'sends problem details (RFC 9457) instead of error',
    onRefusal((answer) => {
      answer.body = { type: 'about:blank', title: 'Not allowed', status: answer.status };
    }),
  ),
  fault(
    'refusal.error-body/code-missing',
    'omits the code from error bodies',
    onRefusal((answer) => void delete error(answer)['code']),
  ),
  fault(
    'refusal.error-body/code-number',
    'sends the code as a number in error bodies',
    onRefusal((answer) => {
      error(answer)['code'] = answer.status;
    }),
  ),
  fault(
    'refusal.error-body/message-missing',
    'omits the message from error bodies',
    onRefusal((answer) => void delete error(answer)['message']),
  ),
  fault(
    'refusal.error-body/message-empty',
    'sends an empty message in error bodies',
    onRefusal((answer) => {
      error(answer)['message'] = '';
    }),
  ),

  fault('refusal.no-effect/stays', 'lists refused invitees in the next roster of the call', staysInCall, REFUSALS),
  fault(
    'refusal.no-effect/invites-all-the-same',
    'refuses, then sends completion and roster',
    planRefused(({ would }) => would()),
    REFUSALS,
  ),
  fault(
    'refusal.no-effect/completion-follows',
    'refuses, then sends a completion',
    planRefused(({ would }) => would().filter(({ kind }) => kind === 'operation')),
    REFUSALS,
  ),
  fault(
    'refusal.no-effect/roster-follows',
    'refuses, then lists the invitees in a roster',
    planRefused((occasion) => (hasNewcomers(occasion) ? occasion.would().filter(({ kind }) => kind === 'roster') : [])),
    REFUSALS,
  ),
  fault(
    'refusal.no-effect/roster-follows-later',
    'refuses, then lists the invitees in a roster 300 ms later',
    planRefused((occasion) => {
      const rosters = hasNewcomers(occasion) ? occasion.would().filter(({ kind }) => kind === 'roster') : [];
      return rosters.map((roster) => later(roster, 300));
    }),
    REFUSALS,
  ),
  fault(
    'refusal.no-effect/failure-follows',
    'refuses, then announces a failed operation',
    planRefused(({ would }) =>
      would()
        .filter(({ kind }) => kind === 'operation')
        .map((end) => {
          end.envelope = JSON.parse(
            JSON.stringify(end.envelope).replace('"completed"', '"failed"'),
          ) as typeof end.envelope;
          return end;
        }),
    ),
    REFUSALS,
  ),
];
