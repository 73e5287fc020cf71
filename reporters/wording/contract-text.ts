import type { ContractMismatch, ContractReason, ContractResult } from '../../verdicts/contract-result';
import { urlDifference, urlDifferenceText } from './differences';
import { FACT_WORDS } from './fact-words';
import { setDifference } from './finding-text';
import { responseText, valueText, whoText } from './value-text';

/** The result of a contract's interaction: a line per mismatch, or why it was not verified. */
export function contractLines({ mismatches, reason }: ContractResult): string[] {
  return reason === undefined ? mismatches.map(mismatchText) : [contractReasonText(reason)];
}

/** Describes one mismatch in a line. */
export function mismatchText(mismatch: ContractMismatch): string {
  const { part, fact, expected, observed, message } = mismatch;
  if (part === 'path') return ownCallText(mismatch);
  if (part === 'notification' && expected !== undefined) {
    const subject = fact === undefined ? 'The notification' : FACT_WORDS[fact].subject;
    return `${subject} ${absenceOf(mismatch)}`;
  }
  if (observed?.is === 'noAnswer') return `the target sent no response: ${observed.reason}`;
  const place = placeOf(mismatch);
  const said = message ?? differenceOf(mismatch);
  const note =
    fact !== undefined && expected?.is === 'resource' && observed?.is === 'json' && typeof observed.value === 'string'
      ? `; ${urlDifferenceText(urlDifference(expected.path, observed.value))}`
      : '';
  return `${place === '' ? '' : `${place}: `}${said}${note}${answerOf(mismatch)}`;
}

function differenceOf({ expected, observed }: ContractMismatch): string {
  if (observed?.is === 'absent' && expected === undefined) return 'missing';
  const wanted = expected === undefined ? '' : `expected ${valueText(expected)}, `;
  return observed === undefined ? 'differs' : `${wanted}got ${valueText(observed)}`;
}

function absenceOf({ expected, observed }: ContractMismatch): string {
  if (expected?.is === 'identities' && observed?.is === 'identities') {
    const { missing } = setDifference(expected.identities, observed.identities);
    return `lacks ${missing.map(whoText).join(', ')}; it lists ${valueText(observed)}`;
  }
  return expected?.is === 'delay' ? `does not arrive within ${expected.limitMs} ms (--timeout-ms)` : 'does not arrive';
}

function placeOf({ part, path = '' }: ContractMismatch): string {
  switch (part) {
    case 'status':
      return 'status';
    case 'header':
    case 'metadata':
      return `${part} ${path}`;
    case 'body':
      return path;
    default:
      return '';
  }
}

/** For a mismatch of the status: the target's response, and the request. */
function answerOf({ observed, request }: ContractMismatch): string {
  if (observed?.is !== 'answer' || !request) return '';
  const hint = observed.status === 404 ? '; check the path in --target' : '';
  return `; the target answered ${responseText(observed)} to ${request.method} ${request.url}${hint}`;
}

function ownCallText({ expected, observed }: ContractMismatch): string {
  const named = observed === undefined ? 'a fixed call' : `the call ${valueText(observed)}`;
  const given = expected === undefined ? '' : `, not the state's ${valueText(expected)}`;
  return `the contract's path contains ${named}${given}; use fromProviderState('/communications/calls/\${callId}/…', …) to take the call from the provider state`;
}

/** Says why an interaction was not verified. */
export function contractReasonText(reason: ContractReason): string {
  const withAdvice = (text: string, advice: string): string => (advice === '' ? text : `${text} (${advice})`);
  switch (reason.why) {
    case 'interrupted':
      return 'the run was interrupted';
    case 'stopped':
      return 'the run stopped before it was verified';
    case 'unverifiable':
      return reason.problem;
    case 'unknownKind':
      return 'it is neither an HTTP interaction nor a known kind of notification';
    case 'environment':
      return withAdvice(`${reason.layer}: ${reason.missing}`, reason.advice);
    case 'capabilityAbsent':
      return reason.missing;
    case 'notProvided':
      return withAdvice(reason.missing, reason.advice);
    case 'throttled':
      return `the target throttled the request (${reason.status}), also when it was sent again`;
    case 'unclear':
    default:
      return reason.said;
  }
}
