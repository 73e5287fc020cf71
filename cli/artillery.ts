import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { chooseOptions } from '../config/chosen-options';
import { openHistory } from '../history/history-file';
import { startDistributedSender, type DistributedSender } from '../suites/distributed-sender';
import { UsageError } from '../target/errors';
import { reportError } from './output';

/** Artillery's interface for metrics of a scenario function. */
interface Events {
  emit(kind: 'counter' | 'histogram', name: string, value: number): void;
}

let sender: Promise<DistributedSender> | undefined;

function needed(name: string): string {
  const value = process.env[name] ?? '';
  if (value !== '') return value;
  throw new UsageError(`${name} is not set; docs/load.md of invite-conformance says what to set it to`);
}

/** Starts the sender of this Artillery worker, with its own history. */
async function start(): Promise<DistributedSender> {
  const { options } = await chooseOptions({}, process.env, process.cwd());
  if (options.target === undefined) throw new UsageError('INVITE_TARGET is not set');
  if ('static' in options.provisioning)
    throw new UsageError(
      'a load run creates its own calls: use provisioning.states or provisioning.calls, not provisioning.static',
    );
  const name = randomBytes(4).toString('hex');
  const machine = `${hostname()}-${process.pid}`;
  const file = openHistory(join(needed('INVITE_HISTORIES'), `${machine}-${name}`));
  return startDistributedSender(options, {
    rate: Number(process.env['INVITE_RATE'] ?? 0),
    machine,
    name,
    listenerUrl: needed('INVITE_LISTENER'),
    sink: (line) => file.write(line),
  });
}

/** A function for an Artillery scenario: sends the invitations of one call, and records them. */
export async function inviteToOneCall(_context: unknown, events: Events): Promise<void> {
  sender ??= start().catch((error: unknown) => {
    // Artillery counts the error by its first line, and ends with exit code 0.
    reportError(error);
    throw error;
  });
  const { accepted, others, responseMs } = await (await sender).sendToOneCall();
  events.emit('counter', 'invite.accepted', accepted);
  events.emit('counter', 'invite.not_accepted', others);
  for (const ms of responseMs) events.emit('histogram', 'invite.response_ms', ms);
}
