import { checkPage, readPage, type PageReport } from '../../page';
import { cleanPage } from './clean-page';
import type { Json } from './made-up-page';

const TARGET = 'bbbbbbbb-0000-4000-8000-000000000001';
const SOURCE = 'bbbbbbbb-0000-4000-8000-000000000002';
const USER = 'bbbbbbbb-0000-4000-8000-000000000003';
const PARTICIPANT = 'bbbbbbbb-0000-4000-8000-000000000004';
const GRAPH = '#microsoft.graph';

const typed = (name: string, rest: Json): Json => ({ '@odata.type': `${GRAPH}.${name}`, ...rest });
const user = (more: Json = {}): Json => ({ user: typed('identity', { id: USER, identityProvider: 'AAD', ...more }) });

interface Move {
  heading?: string;
  source?: string;
  path?: string;
  completionCall?: string;
  rosterCall?: string;
  responseReplaces?: unknown;
  infoType?: string;
  participantType?: string;
  identityType?: string;
  participantId?: string | undefined;
  others?: Json[];
}

function moved(move: Move = {}): string {
  const {
    heading = 'Example 5: A person goes over to another meeting',
    path = `/communications/calls/${TARGET}/participants/invite`,
    completionCall = TARGET,
    rosterCall = TARGET,
    infoType = 'participantInfo',
    participantType = 'invitationParticipantInfo',
    identityType = 'communicationsIdentitySet',
    others = [],
  } = move;
  const asked = { replacesCallId: SOURCE, participantId: PARTICIPANT };
  const fence = (head: string, body: Json, language = 'http'): string =>
    `\`\`\`${language}\n${head}${JSON.stringify(body, null, 2)}\n\`\`\`\n\n`;
  const operation = { id: 'operation-5', clientContext: 'context of 5' };
  const notification = (changeType: string, call: string, part: string, resourceData: unknown): Json =>
    typed('commsNotifications', {
      value: [
        typed('commsNotification', {
          changeType,
          resourceUrl: `/communications/calls/${call}/${part}`,
          resourceData,
        }),
      ],
    });
  const hook = '```http\nPOST https://robot.example/hook\nContent-Type: application/json\n```\n\n';
  return [
    cleanPage(),
    `\n### ${heading}\n\nSomebody is moved out of one meeting into another one of the same application.\n\n`,
    '##### Request\n\n<!-- { "blockType": "request", "name": "move" } -->\n',
    fence(`POST ${path}\nContent-Type: application/json\n\n`, {
      participants: [
        typed('invitationParticipantInfo', { ...asked, identity: typed('identitySet', user()) }),
        ...others,
      ],
      clientContext: 'context of 5',
    }),
    '##### Response\n\n<!-- { "blockType": "response", "truncated": true, "@odata.type": "microsoft.graph.commsOperation" } -->\n',
    fence(
      `HTTP/1.1 200 OK\nContent-Type: application/json\nLocation: /communications/calls/${TARGET}/operations/operation-5\n\n`,
      typed('inviteParticipantsOperation', {
        ...operation,
        status: 'running',
        participants: [
          {
            ...asked,
            ...('responseReplaces' in move ? { replacesCallId: move.responseReplaces } : {}),
            identity: user({ displayName: 'string', tenantId: 'x' }),
          },
        ],
      }),
    ),
    `##### Notification - the end\n\n${hook}`,
    fence(
      '',
      notification(
        'deleted',
        completionCall,
        'operations/operation-5',
        typed('inviteParticipantsOperation', {
          ...operation,
          status: 'completed',
          participants: [typed(participantType, { identity: typed(identityType, user()) })],
        }),
      ),
      'json',
    ),
    `##### Notification - the roster\n\n${hook}`,
    fence(
      '',
      notification('updated', rosterCall, 'participants', [
        typed('participant', {
          id: 'entry-5',
          info: typed(infoType, { identity: typed(identityType, user()), endpointType: 'default' }),
          mediaStreams: [{ mediaType: 'audio', sourceId: '1', direction: 'sendReceive', serverMuted: false }],
          isMuted: false,
          isInLobby: false,
        }),
      ]),
      'json',
    ),
  ].join('');
}

const checked = (page: string): PageReport => checkPage(readPage(page));
/** The rules that were broken; differences between null and absent are not included. */
const rules = (report: PageReport): string[] => report.findings.map(({ rule }) => rule);

describe('an example that moves a participant between meetings', () => {
  test('is judged as an invitation to the target call, without findings', () => {
    const report = checked(moved());
    expect(report.judged).toHaveLength(5);
    expect(report.findings).toEqual([]);
  });

  test('has no findings if its request leaves the call open', () => {
    expect(checked(moved({ path: '/communications/calls/{id}/participants/invite' })).findings).toEqual([]);
  });

  test('has only its first participant read', () => {
    const second = typed('invitationParticipantInfo', {
      replacesCallId: SOURCE,
      participantId: 'another',
      identity: typed('identitySet', { user: typed('identity', { id: 'second', identityProvider: 'AAD' }) }),
    });
    expect(checked(moved({ others: [second] })).findings).toEqual([]);
  });

  test.each<[string, Move, string]>([
    ['a completion about the call moved from', { completionCall: SOURCE }, 'completion.resource-url'],
    ['a roster about the call moved from', { rosterCall: SOURCE }, 'roster.resource-url'],
    ['a response with another replacesCallId', { responseReplaces: TARGET }, 'response.replaces-call-id'],
  ])('%s is found, and is not a known contradiction', (_name, move, rule) => {
    const report = checked(moved(move));
    expect(rules(report)).toContain(rule);
    expect(report.contradictions.found).toEqual([]);
    expect(report.exitCode).toBe(1);
  });
});

describe('types that derive from one another', () => {
  test.each<[string, Move]>([
    ['participantInfo for an invitationParticipantInfo', { participantType: 'participantInfo' }],
    ['an identitySet for a communicationsIdentitySet', { identityType: 'identitySet' }],
  ])('%s is not found', (_name, move) => {
    expect(checked(moved(move)).findings).toEqual([]);
  });

  const pageOf = (...bodies: Json[]): string =>
    [
      '# robot: answer\n',
      ...bodies.map((body) => `\`\`\`http\nPOST /answer\n\n${JSON.stringify(body)}\n\`\`\`\n`),
    ].join('\n');

  test.each([
    ['serviceHostedMediaConfig', 'appHostedMediaConfig'],
    ['organizerMeetingInfo', 'tokenMeetingInfo'],
    ['identitySet', 'communicationsIdentitySet'],
    ['identity', 'communicationsPhoneIdentity'],
  ])('%s and %s in one place are not found', (a, b) => {
    const within = (type: string): Json => typed('call', { part: typed(type, {}) });
    expect(rules(checked(pageOf(within(a), within(b))))).not.toContain('types of one place');
  });

  test('unrelated types are found', () => {
    const within = (type: string): Json => typed('call', { part: typed(type, {}) });
    expect(rules(checked(pageOf(within('chatInfo'), within('mediaConfig'))))).toContain('types of one place');
  });

  test("an annotation may name a base of the body's type, and nothing else", () => {
    const page = (declared: string): string =>
      `# robot: answer\n\n\`\`\`http\nPOST /answer\n\`\`\`\n\n<!-- {"blockType": "response", "@odata.type": "${declared}"} -->\n\`\`\`http\nHTTP/1.1 200 OK\n\n${JSON.stringify(typed('inviteParticipantsOperation', {}))}\n\`\`\`\n`;
    expect(rules(checked(page('microsoft.graph.commsOperation')))).not.toContain('annotated type');
    expect(rules(checked(page('microsoft.graph.recordOperation')))).toContain('annotated type');
  });
});
