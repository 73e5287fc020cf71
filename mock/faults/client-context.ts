import { isObject, type JsonObject } from '../json';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  editText,
  failsLater,
  lifts,
  liftsAfterTheFirst,
  onCompletion,
  onResponse,
  refuses,
  together,
} from '../hook-builders';

const hasContext = ({ clientContext }: Attempt): boolean => clientContext !== undefined;
const contextLength = ({ clientContext }: Attempt): number =>
  typeof clientContext === 'string' ? clientContext.length : 0;
const inOtherCase = ({ body }: Attempt): boolean =>
  isObject(body) && Object.keys(body).some((name) => name.toLowerCase() === 'participants' && name !== 'participants');

/** Changes the clientContext in the response and in the completion. */
const contextBecomes = (change: (operation: JsonObject, attempt: Attempt) => void) =>
  together(
    onResponse((operation, { attempt }) => change(operation, attempt)),
    onCompletion((operation, _change, { attempt }) => change(operation, attempt)),
  );

const cutContext = (length: number) =>
  contextBecomes((operation) => editText(operation, 'clientContext', (text) => text.slice(0, length)));

const COMES_BACK = ['response.client-context', 'completion.client-context'];

/** Faults in the limits of clientContext, and in the case of parameter names. */
export const clientContextFaults: readonly Fault[] = [
  fault(
    'request.client-context-optional/required',
    'refuses an invitation without clientContext',
    refuses('client-context', 400, (attempt) => !hasContext(attempt)),
  ),
  fault(
    'request.client-context-optional/server-error',
    'answers 500 to an invitation without clientContext',
    refuses('client-context', 500, (attempt) => !hasContext(attempt)),
  ),

  fault(
    'request.client-context-optional/null-refused',
    'refuses a clientContext that is null',
    refuses('client-context', 400, ({ body }) => isObject(body) && body['clientContext'] === null),
  ),

  fault(
    'request.client-context-at-limit/limit-255',
    'refuses a clientContext of 256 characters',
    refuses('client-context', 400, (attempt) => contextLength(attempt) === 256),
  ),
  fault(
    'request.client-context-at-limit/limit-128',
    'refuses a clientContext of more than 128 characters',
    refuses('client-context', 400, (attempt) => contextLength(attempt) > 128),
  ),
  fault(
    'request.client-context-at-limit/counted-as-json',
    'refuses a clientContext that is longer than 256 characters with the escapes of JSON',
    refuses('client-context', 400, ({ clientContext }) => JSON.stringify(clientContext ?? '').length - 2 > 256),
  ),
  fault(
    'request.client-context-at-limit/cut-to-255',
    'returns only 255 of the 256 characters of a clientContext',
    cutContext(255),
    COMES_BACK,
  ),
  fault(
    'request.client-context-at-limit/lowercased',
    'returns a clientContext of more than 200 characters in lower case',
    contextBecomes((operation) =>
      editText(operation, 'clientContext', (text) => (text.length > 200 ? text.toLowerCase() : text)),
    ),
    COMES_BACK,
  ),
  fault(
    'request.client-context-at-limit/cut-to-128',
    'returns only 128 of the 256 characters of a clientContext',
    cutContext(128),
    COMES_BACK,
  ),

  fault(
    'request.client-context-over-limit/unlimited',
    'accepts a clientContext of any length',
    lifts(['client-context']),
  ),
  fault(
    'request.client-context-over-limit/limit-257',
    'accepts a clientContext of 257 characters',
    lifts(['client-context'], (attempt) => contextLength(attempt) === 257),
  ),
  fault(
    'request.client-context-over-limit/several-unlimited',
    'accepts a clientContext of any length for several participants',
    lifts(['client-context'], ({ participants }) => participants.length > 1),
  ),
  fault(
    'request.client-context-over-limit/first-alone-checked',
    "checks the length of a clientContext only until a call's first invitation is accepted",
    liftsAfterTheFirst(['client-context']),
  ),
  fault(
    'request.client-context-over-limit/cut',
    'accepts a clientContext of more than 256 characters, and truncates it',
    together(lifts(['client-context']), cutContext(256)),
  ),
  fault(
    'request.client-context-over-limit/fails-later',
    'accepts a clientContext of more than 256 characters, then announces a failed operation',
    failsLater('client-context'),
  ),
  fault(
    'request.client-context-over-limit/server-error',
    'answers 500 to a clientContext of more than 256 characters',
    answersWith(['client-context'], 500),
    ['refusal.client-error'],
  ),

  fault(
    'request.parameter-names-any-case/refused',
    'refuses the parameter name Participants',
    refuses('participants', 400, inOtherCase),
  ),
  fault(
    'request.parameter-names-any-case/context-dropped',
    'ignores the parameter name CLIENTCONTEXT',
    contextBecomes((operation, { body }) => {
      if (isObject(body) && body['clientContext'] === undefined) operation['clientContext'] = null;
    }),
    COMES_BACK,
  ),
  fault(
    'request.parameter-names-any-case/context-lost-later',
    'returns a CLIENTCONTEXT in the response but sends null in the completion',
    onCompletion((operation, _change, { attempt }) => {
      if (inOtherCase(attempt)) operation['clientContext'] = null;
    }),
  ),
];
