import type { RunStory } from '../support/histories';
import type { InvitationOptions } from '../support/story-options';
import type { RecordedStory } from './recorded-story';

/** Made-up recordings in which completions are missing. The limits of time are 1000 ms, and 50 ms of quiet. */

export const MISSING = 'completion.announced';

/** The times of the response and of the roster of the first invitation. */
export const RESPONSE = { from: 90, until: 95 };
export const ROSTER = { from: 100, until: 102 };
export const same = (value: unknown): unknown => value;

/** Advances the clock so that the next event begins at a time. */
export const waitUntil = (run: RunStory, time: number): RunStory =>
  run.callUpdate('established', { from: ROSTER.until, until: time - 10 });

/** Two invitations with rosters but without completions. @param secondAt when the second is sent */
export const twice =
  (secondAt: number, first: InvitationOptions = {}, second: InvitationOptions = {}) =>
  (run: RunStory): RunStory =>
    waitUntil(run.invite(first).answer(same, RESPONSE).roster(same, ROSTER), secondAt).invite(second).answer().roster();

/** Sent at 10, answered until 95, so notifications are due until 1095. */
export const alone = (story: Partial<RecordedStory>): RecordedStory => ({ id: MISSING, tell: twice(150), ...story });
