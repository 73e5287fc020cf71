import { UsageError } from '../common/errors';
import { baseUrl, urlWithQuery } from '../common/urls';
import { didYouMean } from '../common/nearest';

/** What a service may not do at all, by the names of the config's `capabilities`. */
const CAPABILITIES = ['pstn', 'replace', 'multiple', 'failure'] as const;

/** What `init` asks for. */
export interface Answers {
  target: string;
  /** Absent: calls are created by the documented request. */
  states?: string;
  /** The environment variable that will hold the valid token. */
  tokenVariable: string;
  /** Absent: the target does no PSTN. */
  phone?: string;
  /** What the target does not do, by the names of `capabilities`. */
  without?: string[];
}

/**
 * Holds what was answered to what a run will take.
 * @throws UsageError that names the flag
 */
export function checkAnswers({ target, states, tokenVariable, phone, without = [] }: Answers): void {
  baseUrl(target, '--target');
  if (states !== undefined) urlWithQuery(states, '--states');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(tokenVariable)) {
    throw new UsageError(`--token-variable must be the name of a variable; it is ${JSON.stringify(tokenVariable)}`);
  }
  if (phone !== undefined && !/^\+[0-9]{4,15}$/.test(phone)) {
    throw new UsageError(`--phone must be a number such as +12345678901; it is ${JSON.stringify(phone)}`);
  }
  const unknown = without.find((name) => !CAPABILITIES.some((known) => known === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--without: no ${JSON.stringify(unknown)}${didYouMean(unknown, CAPABILITIES)} Known: ${CAPABILITIES.join(', ')}`,
    );
  }
  if (phone !== undefined && without.includes('pstn')) {
    throw new UsageError('--phone and --without pstn: what dials no phones needs none; leave one out');
  }
}

const quoted = (text: string): string => JSON.stringify(text);

/** A commented config file in YAML. */
export function configTemplate({ target, states, tokenVariable, phone, without = [] }: Answers): string {
  const absent = new Set([
    ...without,
    ...(phone === undefined ? ['pstn'] : []),
    ...(states === undefined ? ['failure'] : []),
  ]);
  const provisioning =
    states === undefined
      ? ['  calls: {} # each call is created by the documented request; members given here are added to its body']
      : [`  states: ${quoted(states)} # the provider-states endpoint of the service under test`];
  const invitees =
    phone === undefined
      ? []
      : ['invitees:', `  phone: ${quoted(phone)} # dialled only with --allow-pstn, and no other number ever is`, ''];
  const users =
    states === undefined ? ['# invitees:', '#   users: [] # ids of at least eight users who may be invited', ''] : [];
  return [
    '# The base URL: that to which /communications/calls is added.',
    `target: ${quoted(target)}`,
    '',
    '# Strings, or {env: NAME}, {file: PATH}, {command: [argv…]}. Without the other two, what needs them is untested. They are',
    '# taken from INVITE_TOKEN_WITHOUT_PERMISSION and INVITE_TOKEN_DELEGATED where nothing here names another source.',
    'tokens:',
    `  valid: { env: ${tokenVariable} } # an application's, with the call permission`,
    "  # withoutPermission: { file: PATH } # an application's, without it",
    '  # delegated: { command: [argv…] } # one that stands for a user',
    '',
    ...(target.startsWith('https:')
      ? [
          '# Certificates, where the target requires one of its clients or has one that Node does not trust; PEM, as {file: PATH} or {env: NAME}.',
          '# tls: { cert: { file: client.pem }, key: { env: CLIENT_KEY }, ca: { file: authority.pem }, serverName: calls.internal }',
          '',
        ]
      : []),
    '# How the calls and users come about that the documentation takes for granted.',
    'provisioning:',
    ...provisioning,
    '',
    ...invitees,
    ...users,
    '# Where notifications are awaited; url: where the target reaches that, if it is elsewhere.',
    '# callback: { host: 127.0.0.1, port: 0, url: https://tunnel.example }',
    '',
    '# False is what the service does not do at all; what needs it does not apply.',
    `capabilities: { ${CAPABILITIES.map((name) => `${name}: ${!absent.has(name)}`).join(', ')} }`,
    '',
    '# Up to which level a failure closes the gate: stated, shown or linked.',
    'gate: shown',
    '',
  ].join('\n');
}
