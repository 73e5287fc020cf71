import { randomUUID } from 'node:crypto';
import type { HookMaker } from '../hooks';
import { isObject, type Json, type JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import type { Attempt, Call } from '../model';
import {
  editText,
  objectsIn,
  onCompletion,
  onResponse,
  setHeader,
  swapCase,
  together,
  type Accepted,
} from '../hook-builders';
import { MISNAMINGS, placeOf, STRANGER } from './participants';
import { CLIENT_CONTEXTS, COMPLETION_PARTICIPANTS, except, RESPONSE_PARTICIPANTS } from './touches';

/** Faults in what the response and the completion return of the invitation: clientContext, participants, ids. */

type Place = (edit: (operation: JsonObject) => void) => HookMaker;

const inResponse: Place = (edit) => onResponse((operation) => edit(operation));
const inCompletion: Place = (edit) => onCompletion((operation) => edit(operation));

/** Ways to alter a returned clientContext. */
const garblings: readonly { what: string; says: string; of: (context: string) => Json }[] = [
  { what: 'null', says: 'sends null as clientContext', of: () => null },
  { what: 'lowercased', says: 'sends clientContext in lower case', of: (context) => context.toLowerCase() },
  { what: 'case-changed', says: 'changes the case of clientContext', of: swapCase },
  {
    what: 'trimmed',
    says: 'trims the white space around clientContext',
    of: (context) => context.trim(),
  },
  { what: 'cut', says: 'truncates clientContext to 8 characters', of: (context) => context.slice(0, 8) },
  { what: 'other', says: 'sends a random clientContext', of: () => randomUUID() },
  {
    what: 'ascii-only',
    says: 'replaces non-ASCII characters of clientContext with question marks',
    of: (context) => context.replace(/[^\x20-\x7e]/g, '?'),
  },
  { what: 'quoted', says: 'puts clientContext in quotation marks', of: (context) => JSON.stringify(context) },
];

function contextFaults(behavior: string, place: Place): Fault[] {
  const also = except(CLIENT_CONTEXTS, behavior);
  const missing = fault(
    `${behavior}/missing`,
    `omits clientContext ${placeOf(behavior)}`,
    place((operation) => void delete operation['clientContext']),
    also,
  );
  const garbled = garblings.map(({ what, says, of }) =>
    fault(
      `${behavior}/${what}`,
      `${says} ${placeOf(behavior)}`,
      place((operation) => editText(operation, 'clientContext', of)),
      also,
    ),
  );
  return [missing, ...garbled];
}

function participantFaults(behavior: string, place: Place, group: readonly string[]): Fault[] {
  return [...MISNAMINGS, STRANGER].map(({ what, says, of }) =>
    fault(
      `${behavior}/${what}`,
      `${says} ${placeOf(behavior)}`,
      place((operation) => {
        operation['participants'] = of(objectsIn(operation['participants']));
      }),
      except(group, behavior),
    ),
  );
}

function replacesFault(what: string, says: string, of: (replaces: string, callId: string) => Json | undefined): Fault {
  return fault(
    `response.replaces-call-id/${what}`,
    says,
    onResponse((operation, { invitation }) => {
      for (const entry of objectsIn(operation['participants'])) {
        const replaces = entry['replacesCallId'];
        if (typeof replaces !== 'string') continue;
        const value = of(replaces, invitation.call.id);
        if (value === undefined) delete entry['replacesCallId'];
        else entry['replacesCallId'] = value;
      }
    }),
  );
}

/**
 * Replaces the ids of operations in responses and notifications.
 * @param share returns the new id; `before` is the previous id for every second operation, else undefined
 */
function sharesIds(share: (id: string, before: string | undefined) => string): HookMaker {
  return () => {
    const renamed = new Map<string, string>();
    let before: string | undefined;
    return {
      plan(planned, occasion) {
        if (occasion.kind !== 'accepted') return planned;
        const { id } = occasion.invitation;
        const shared = share(id, before);
        before = before === undefined ? id : undefined;
        renamed.set(id, shared);
        for (const one of planned) {
          one.envelope = JSON.parse(JSON.stringify(one.envelope).replaceAll(id, shared)) as Json;
        }
        return planned;
      },
      answer(answer, occasion) {
        if (occasion.kind !== 'accepted') return answer;
        const { id } = occasion.invitation;
        const shared = renamed.get(id) ?? id;
        renamed.delete(id);
        setHeader(answer.headers, 'Location', answer.headers['Location']?.replace(id, shared));
        answer.body = JSON.parse(JSON.stringify(answer.body).replaceAll(id, shared)) as Json;
        return answer;
      },
    };
  };
}

const saysNone = (operation: JsonObject, { clientContext }: Attempt): void => {
  if (clientContext === undefined) operation['clientContext'] = 'None';
};

/** Returns the clientContext of a call's previous invitation to an invitation that has none. @param place where */
function remembersContext(place: (edit: (operation: JsonObject, occasion: Accepted) => void) => HookMaker): HookMaker {
  return () => {
    const contexts = new WeakMap<Call, string>();
    const { answer, plan } = place((operation, { invitation }) => {
      if (invitation.clientContext === null) operation['clientContext'] = contexts.get(invitation.call) ?? null;
    })();
    return {
      ...(answer ? { answer } : {}),
      // Called before the response is written.
      plan(planned, occasion) {
        if (occasion.kind === 'accepted' && occasion.invitation.clientContext !== null) {
          contexts.set(occasion.invitation.call, occasion.invitation.clientContext);
        }
        return plan?.(planned, occasion) ?? planned;
      },
    };
  };
}

const constant = randomUUID();
const sharing = ['ordering.concurrent-invitations', 'completion.once'];

export const echoFaults: readonly Fault[] = [
  ...contextFaults('response.client-context', inResponse),
  fault(
    'response.client-context/leaks-where-none-was-sent',
    'returns the clientContext of an earlier invitation in the response if none was sent',
    () => {
      let last: Json = null;
      return {
        answer(answer, occasion) {
          if (occasion.kind !== 'accepted') return answer;
          const { clientContext } = occasion.attempt;
          if (clientContext !== undefined) last = clientContext;
          else if (isObject(answer.body)) answer.body['clientContext'] = last;
          return answer;
        },
      };
    },
    ['completion.client-context'],
  ),
  fault(
    'response.client-context/remembered-by-the-call',
    "returns the clientContext of the call's previous invitation in the response if none was sent",
    remembersContext(onResponse),
  ),
  fault(
    'completion.client-context/remembered-by-the-call',
    "sends the clientContext of the call's previous invitation in the completion if none was sent",
    remembersContext((edit) => onCompletion((operation, _change, occasion) => edit(operation, occasion))),
  ),
  fault(
    'response.client-context/none-as-text',
    'returns the clientContext None if none was sent',
    together(
      onResponse((operation, { attempt }) => saysNone(operation, attempt)),
      onCompletion((operation, _change, { attempt }) => saysNone(operation, attempt)),
    ),
  ),
  fault(
    'completion.client-context/undefined',
    'sends the clientContext undefined in the completion if none was sent',
    onCompletion((operation, _change, { attempt }) => {
      if (attempt.clientContext === undefined) operation['clientContext'] = 'undefined';
    }),
  ),
  ...contextFaults('completion.client-context', inCompletion),
  ...participantFaults('response.participants', inResponse, RESPONSE_PARTICIPANTS),
  ...participantFaults('completion.participants', inCompletion, COMPLETION_PARTICIPANTS),

  replacesFault('null', 'sends null as replacesCallId in the response', () => null),
  replacesFault('missing', 'omits replacesCallId from the response', () => undefined),
  replacesFault(
    'own-call',
    'sends the id of the call invited to as replacesCallId in the response',
    (_replaces, callId) => callId,
  ),
  replacesFault('other', 'sends the id of a call that does not exist as replacesCallId in the response', () =>
    randomUUID(),
  ),

  fault(
    'response.operation-id-unique/constant',
    'gives every operation the same id',
    sharesIds(() => constant),
    sharing,
  ),
  fault(
    'response.operation-id-unique/in-pairs',
    'gives every second operation the id of the previous one',
    sharesIds((id, before) => before ?? id),
    sharing,
  ),
];
