import type { Arrival, Moment, Role, Value, Who } from '../../behaviors/finding';

/** Formats values of findings. Text of the target is quoted as JSON; the printing code must escape it. */

const SHORT = 160;

/** JSON of at most 160 characters. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text;
}

/** A value, in one line. */
export function valueText(value: Value): string {
  switch (value.is) {
    case 'absent':
      return 'absent';
    case 'json':
      return jsonText(value.value);
    case 'cut':
      return `${value.type === 'string' ? JSON.stringify(value.beginning) : value.beginning} (${value.length} ${UNITS[value.type]})`;
    case 'allowed':
      return value.allowed;
    case 'unreadable':
      return `${value.beginning === '' ? 'nothing' : JSON.stringify(value.beginning)} (${value.reason})`;
    case 'status':
      return value.status === '2xx' ? 'a success (2xx)' : String(value.status);
    case 'answer':
      return responseText(value);
    case 'noAnswer':
      return `no response: ${value.reason}`;
    case 'resource':
      return value.path;
    case 'identities':
      return value.identities.length === 0 ? 'nobody' : value.identities.map(whoText).join(', ');
    case 'order':
      return orderText(value.first, value.then, value.ms);
    case 'count':
      return String(value.count);
    case 'arrivals':
      return arrivalsText(value);
    case 'delay':
      return value.ms <= value.limitMs ? `within ${value.limitMs} ms` : `after ${value.ms} ms`;
    default:
      return OUTCOMES[value.outcome];
  }
}

const UNITS = { string: 'characters', array: 'items', object: 'members' } as const;

const OUTCOMES = {
  refused: 'refused with a 4xx',
  refusedOrFailed: 'refused with a 4xx, or accepted and then announced as failed',
  accepted: 'accepted',
  completed: 'accepted, and the operation completed',
  failed: 'accepted, and the operation failed',
  running: 'accepted, and the operation still running',
  both: 'the operation announced as failed, and then as completed',
} as const;

/** `401 (InvalidAuthenticationToken: …)` */
export function responseText({ status, code, message, location }: Extract<Value, { is: 'answer' }>): string {
  if (location !== undefined) return `${status}, a redirect to ${JSON.stringify(location)}, which is not followed`;
  const error = [code, message].filter((one) => one !== undefined).join(': ');
  return error === '' ? String(status) : `${status} (${error})`;
}

/** `invitee 2 of 5: user 1234` */
export function whoText({ kind, id, role }: Who): string {
  const name = `${kind} ${id === '' ? '(no id)' : id}`;
  const stands = roleText(role);
  return stands === '' ? name : `${name} (${stands})`;
}

function roleText(role: Role): string {
  switch (role.of) {
    case 'invitee':
      return role.count === 1 ? 'the invitee' : `invitee ${role.number} of ${role.count}`;
    case 'ignored':
      return 'to be ignored';
    case 'another':
      return `invitee of ${role.invitation}`;
    case 'otherKind':
      return `invited as ${role.invited}`;
    default:
      return 'unknown to this run';
  }
}

const MOMENTS: Record<Moment['what'], string> = {
  response: 'the response',
  completion: 'the completion',
  operation: 'a notification about the operation',
  roster: 'the roster update',
  terminated: 'the termination of the replaced call',
  deleted: 'the deletion of the replaced call',
  callEnd: 'the end of the replaced call',
};

/** `the response (12)` */
export function momentText({ what, event }: Moment): string {
  return `${MOMENTS[what]} (event ${event})`;
}

function orderText(first: Moment, then: Moment, ms?: number): string {
  const gap = ms === undefined ? '' : `, ${ms.toFixed(ms < 10 ? 1 : 0)} ms apart`;
  return `${momentText(first)} before ${momentText(then)}${gap}`;
}

function arrivalText({ event, about, changeType, resourceUrl, state, call }: Arrival): string {
  const what = about === 'other' ? 'notification' : about === 'roster' ? 'roster update' : `${about} notification`;
  const said = [
    `changeType ${changeType ?? 'absent'}`,
    ...(state === undefined ? [] : [`${about === 'call' ? 'state' : 'status'} ${state}`]),
    resourceUrl === undefined ? 'no resourceUrl' : `resourceUrl ${resourceUrl}`,
    call === undefined ? 'to a path that belongs to no call' : `to the callback of ${call}`,
  ];
  return `${what} (delivery ${event}): ${said.join(', ')}`;
}

function arrivalsLines({ arrivals, unread, astray, inRun }: Extract<Value, { is: 'arrivals' }>): string[] {
  const deliveries = (count: number): string => `${count} ${count === 1 ? 'delivery' : 'deliveries'}`;
  const said = arrivals.map(arrivalText);
  if (unread > 0) said.push(`${deliveries(unread)} to this call's callback could not be read as notifications`);
  if (said.length === 0 && astray > 0) said.push(`${deliveries(astray)} arrived at paths that belong to no call`);
  if (said.length > 0) return said;
  return inRun === 0
    ? ['nothing arrived, at any callback of this run']
    : [`nothing about it arrived; the run received ${deliveries(inRun)} about other things`];
}

function arrivalsText(value: Extract<Value, { is: 'arrivals' }>): string {
  const came = value.arrivals.length + value.unread + value.astray > 0;
  return `${came ? 'arrived instead: ' : ''}${arrivalsLines(value).join('; ')}`;
}

/** A complete value in lines: the items of a list, or formatted JSON. */
export function valueLines(value: Value): string[] {
  switch (value.is) {
    case 'json':
      return (JSON.stringify(value.value, null, 2) ?? 'absent').split('\n');
    case 'identities':
      return value.identities.length === 0 ? ['nobody'] : value.identities.map(whoText);
    case 'arrivals':
      return arrivalsLines(value);
    default:
      return [valueText(value)];
  }
}
