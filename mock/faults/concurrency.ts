import type { Attempt, Call, Planned } from '../model';
import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { refusal } from '../errors';
import { fault, type Fault } from '../fault-records';
import { changesOf, isCompletion, objectOf, objectsIn, onFinding, replan, type Accepted } from '../hook-builders';

/** Defects that show only while several invitations are under way. */

/** Delay of each invitation's notifications, ms, so that other invitations arrive meanwhile. */
const TAKES_MS = 400;

/** Time within which a second invitation is concurrent, ms: the first one's notifications are still waiting. */
const TOGETHER_MS = 300;

interface Pending {
  planned: Planned[];
  occasion: Accepted;
  at: number;
}

/**
 * Delays the notifications of each invitation, and changes those of two concurrent invitations to the same call.
 * @param meet receives the earlier and the later invitation; the notifications of both can still be changed
 */
function together(meet: (before: Pending, now: Pending) => void): HookMaker {
  return () => {
    const waiting = new WeakMap<Call, Pending>();
    return replan((planned, occasion) => {
      const [first] = planned;
      if (first) first.delayMs += TAKES_MS;
      const now = { planned, occasion, at: performance.now() };
      const { call } = occasion.invitation;
      const before = waiting.get(call);
      if (before && now.at - before.at < TOGETHER_MS) {
        waiting.delete(call);
        meet(before, now);
      } else {
        waiting.set(call, now);
      }
      return now.planned;
    })();
  };
}

const completionOf = ({ planned, occasion }: Pending): Planned | undefined =>
  planned.find((one) => isCompletion(one, occasion));

const operationOf = (pending: Pending): JsonObject => {
  const completion = completionOf(pending);
  return objectOf(completion && changesOf(completion)[0]?.['resourceData']);
};

const swaps = (...names: string[]) =>
  together((before, now) => {
    const [a, b] = [operationOf(before), operationOf(now)];
    for (const name of names) [a[name], b[name]] = [b[name] ?? null, a[name] ?? null];
  });

/** Refuses an invitation while another one to the same call is under way. */
function oneAtATime(status: number): HookMaker {
  return () => {
    const slow = together(() => undefined)();
    const strict = onFinding('capacity', (finding, { call }: Attempt) => {
      if (finding || !call || call.operations.size === 0) return finding;
      return { refusal: refusal(status, 'BadRequest', 'Another invitation is under way.') };
    })();
    return { ...slow, ...strict };
  };
}

/** Adds the invitees to the roster updates of the call that have not been sent yet. */
const showsWhoIsUnderWay: HookMaker = () => {
  const rosters = new WeakMap<Call, Planned[]>();
  return replan((planned, { invitation: { call } }) => {
    const own = planned.filter(({ kind }) => kind === 'roster');
    const before = rosters.get(call) ?? [];
    const entries = own.flatMap(changesOf).flatMap((change) => objectsIn(change['resourceData']));
    for (const change of before.flatMap(changesOf)) {
      change['resourceData'] = [...objectsIn(change['resourceData']), ...structuredClone(entries)];
    }
    rosters.set(call, [...before, ...own]);
    return planned;
  })();
};

/** Sends the clientContext of the later of two concurrent invitations in both completions. */
const lastContextWins = together((before, now) => {
  operationOf(before)['clientContext'] = now.occasion.invitation.clientContext;
});

const CONTEXT = ['completion.client-context'];

export const concurrencyFaults: readonly Fault[] = [
  fault(
    'ordering.concurrent-invitations/contexts-swapped',
    'swaps the clientContext of the completions of two concurrent invitations',
    swaps('clientContext'),
    CONTEXT,
  ),
  fault(
    'ordering.concurrent-invitations/ids-swapped',
    'swaps the ids in the completions of two concurrent invitations',
    swaps('id'),
    ['completion.operation-id'],
  ),
  fault(
    'ordering.concurrent-invitations/participants-swapped',
    'swaps the participants of the completions of two concurrent invitations',
    swaps('participants'),
    ['completion.participants'],
  ),
  fault(
    'ordering.concurrent-invitations/last-context-wins',
    'sends the clientContext of the later of two concurrent invitations in both completions',
    lastContextWins,
    CONTEXT,
  ),
  fault(
    'ordering.concurrent-invitations/participants-merged',
    'lists the participants of two concurrent invitations in the first completion',
    together((before, now) => {
      const operation = operationOf(before);
      const both: Json = [...objectsIn(operation['participants']), ...objectsIn(operationOf(now)['participants'])];
      operation['participants'] = both;
    }),
    ['completion.participants'],
  ),
  fault(
    'ordering.concurrent-invitations/completion-lost',
    'sends only the second completion of two concurrent invitations',
    together((before) => {
      const completion = completionOf(before);
      if (completion) completion.dropped = true;
    }),
    ['completion.announced'],
  ),
  fault(
    'ordering.concurrent-invitations/roster-first',
    'sends the roster before the completion while another invitation to the same call is under way',
    together((_before, now) => {
      now.planned.reverse();
    }),
    ['ordering.completion-before-roster'],
  ),
  fault(
    'ordering.concurrent-invitations/roster-shows-who-is-under-way',
    'shows the invitees of other operations in the roster before those operations have completed',
    showsWhoIsUnderWay,
  ),
  fault(
    'completion.change-type/updated-while-another-is-under-way',
    'sends changeType updated in the completion while another invitation to the same call is under way',
    together((before) => {
      const completion = completionOf(before);
      for (const change of completion ? changesOf(completion) : []) change['changeType'] = 'updated';
    }),
  ),
  fault(
    'ordering.concurrent-invitations/busy',
    'answers 409 to an invitation while another one to the same call is under way',
    oneAtATime(409),
  ),
  fault(
    'ordering.concurrent-invitations/busy-server-error',
    'answers 503 to an invitation while another one to the same call is under way',
    oneAtATime(503),
    ['refusal.client-error'],
  ),
  fault(
    'ordering.concurrent-invitations/leaked',
    "sends the completion to another call's callback while another invitation to the same call is under way",
    together((before) => {
      const completion = completionOf(before);
      const { calls, invitation } = before.occasion;
      const other = calls().findLast(({ callbackUri }) => callbackUri !== invitation.call.callbackUri);
      if (completion && other) completion.to = other.callbackUri;
    }),
    ['completion.announced'],
  ),
];
