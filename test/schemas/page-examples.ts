import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CommsNotification,
  CommsNotifications,
  InvitationRequest,
  InviteParticipantsOperation,
  Participant,
} from '../../schemas';

const FOLDER = join(__dirname, '..', 'fixtures', 'page');

/** The numbers of the page's examples. */
export const EXAMPLES = [1, 2, 3, 4] as const;
export type Example = (typeof EXAMPLES)[number];

function read(example: Example, kind: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, `example-${example}-${kind}.json`), 'utf8'));
}

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`Expected one item, found ${items.length}`);
  return item;
}

export const requestOf = (example: Example) => read(example, 'request') as InvitationRequest;
export const responseOf = (example: Example) => read(example, 'response') as InviteParticipantsOperation;
export const completionOf = (example: Example) => read(example, 'completion') as CommsNotifications;
export const rosterOf = (example: Example) => read(example, 'roster') as CommsNotifications;

/** The one notification of an example's envelope. */
export const notificationOf = (envelope: CommsNotifications): CommsNotification => only(envelope.value);

/** The operation of an example's completion. */
export const completedOf = (example: Example) =>
  notificationOf(completionOf(example)).resourceData as InviteParticipantsOperation;

/** The participants in an example's roster. */
export const participantsOf = (example: Example) =>
  notificationOf(rosterOf(example)).resourceData as readonly Participant[];
