import { randomUUID } from 'node:crypto';
import { notification, rosterEntry } from '../message-bodies';
import type { Attempt, Call, Participant, Planned } from '../model';
import type { HookMaker, Occasion, RuleName } from '../hooks';
import type { JsonObject } from '../json';
import { changesOf, objectsIn } from '../hook-builders';

/** A roster update that lists invitees, whether they joined or not. */
export function rosterWith(call: Call, people: readonly Participant[]): Planned {
  const entries = people.map(({ identities, identity }, index) =>
    rosterEntry({ id: randomUUID(), identities, identity, sourceId: String(index + 1) }),
  );
  return notification('roster', call, 'updated', '/participants', entries);
}

/** Adds people who have not joined to the next roster of the call. @param who returns the people to add */
export function staysBehind(who: (occasion: Occasion) => readonly Participant[]): HookMaker {
  return () => {
    const left = new WeakMap<Call, JsonObject[]>();
    return {
      plan(planned, occasion) {
        const call = occasion.kind === 'other' ? undefined : occasion.attempt.call;
        if (!call) return planned;
        const before = left.get(call) ?? [];
        for (const change of planned.filter(({ kind }) => kind === 'roster').flatMap(changesOf)) {
          change['resourceData'] = [...before, ...objectsIn(change['resourceData'])];
        }
        const entries = changesOf(rosterWith(call, who(occasion))).flatMap((change) =>
          objectsIn(change['resourceData']),
        );
        left.set(call, [...before, ...entries]);
        return planned;
      },
    };
  };
}

/** Accepts what a rule refuses, announces that it failed, and then lists the invitees in a roster. */
export function failsButJoins(rule: RuleName): HookMaker {
  return () => {
    const failed = new WeakSet<Attempt>();
    return {
      check(name, finding, attempt) {
        if (name !== rule || !finding || !('refusal' in finding)) return finding;
        failed.add(attempt);
        return { failure: { code: 412, subcode: 9999, message: finding.refusal.message } };
      },
      plan(planned, occasion) {
        if (occasion.kind !== 'accepted' || !failed.has(occasion.attempt)) return planned;
        return [...planned, rosterWith(occasion.invitation.call, occasion.invitation.participants)];
      },
    };
  };
}

/** Accepts what a rule refuses, announces a completion, and sends no roster. */
export function acceptsInSilence(rule: RuleName): HookMaker {
  return () => {
    const silent = new WeakSet<Attempt>();
    return {
      check(name, finding, attempt) {
        if (name !== rule || !finding) return finding;
        silent.add(attempt);
        return undefined;
      },
      plan(planned, occasion) {
        if (occasion.kind !== 'accepted' || !silent.has(occasion.attempt)) return planned;
        return planned.filter(({ kind }) => kind === 'operation');
      },
    };
  };
}
