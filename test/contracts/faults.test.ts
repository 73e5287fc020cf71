import { BEHAVIORS } from '../../behaviors/catalog';
import { ownInteractions, verifyContracts } from '../../contracts';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

/** Faults of one mock, and the interactions that must fail, with the behaviours they are attributed to. */
const FAULTS: { faults: string[]; broken: Record<string, string[]> }[] = [
  {
    faults: [
      'response.status-200/created',
      'request.unknown-call/gone',
      'completion.status/succeeded',
      'roster.media-streams/none',
    ],
    broken: {
      single: ['response.status-200'],
      pstn: ['response.status-200'],
      'request.unknown-call': ['request.unknown-call'],
      completion: ['completion.status'],
      roster: ['roster.media-streams'],
    },
  },
  {
    faults: [
      'response.client-context/case-changed',
      'pstn.phone-response/masked',
      'response.replaces-call-id/own-call',
      'completion.operation-id/other',
      'failure.announced/code-as-text',
    ],
    broken: {
      single: ['response.client-context'],
      pstn: ['response.client-context', 'pstn.phone-response'],
      replace: ['response.client-context', 'response.replaces-call-id'],
      completion: ['completion.operation-id'],
      failure: ['failure.announced'],
    },
  },
  {
    faults: ['response.location/missing', 'refusal.error-body/plain-text', 'notification.json/plain-text'],
    broken: {
      multiple: ['response.location'],
      'request.participant-identity': ['refusal.error-body'],
      completion: ['notification.json'],
      roster: ['notification.json'],
    },
  },
  {
    faults: [
      'multiple.accepted/refused',
      'authorization.delegated/accepted',
      'request.client-context-over-limit/unlimited',
      'response.operation-id/number',
    ],
    broken: {
      multiple: ['multiple.accepted'],
      'authorization.delegated': ['authorization.delegated', 'authorization.status-403'],
      'request.client-context-over-limit': ['request.client-context-over-limit'],
      single: ['response.operation-id'],
    },
  },
  {
    faults: [
      'completion.announced/never',
      'roster.announced/never',
      'authorization.status-401/forbidden',
      'replace.peer-call-terminated/never',
      'replace.peer-call-deleted/never',
    ],
    broken: {
      completion: ['completion.announced'],
      roster: ['roster.announced'],
      'authorization.required': ['authorization.status-401'],
      'replaced call terminated': ['replace.peer-call-terminated'],
      'replaced call deleted': ['replace.peer-call-deleted'],
    },
  },
];

const inOrder = (ids: readonly string[]): string[] => ids.toSorted((a, b) => a.localeCompare(b));

test.each(FAULTS)('$faults fail the right interactions', async ({ faults, broken }) => {
  const results = await withMock({ faults }, (mock) => verifyContracts(optionsFor(mock, { timeoutMs: 3000 })));
  for (const [name, behaviors] of Object.entries(broken)) {
    const found = results.find(({ interaction }) => interaction.startsWith(`${name}:`));
    expect([name, found?.result, inOrder(found?.behaviors ?? [])]).toEqual([name, 'failed', inOrder(behaviors)]);
    expect(found?.mismatches).not.toEqual([]);
  }
});

test('the contract names only behaviours of the catalogue', () => {
  const known = new Set<string>(BEHAVIORS.map(({ id }) => id));
  for (const { name, covers } of ownInteractions()) {
    expect([name, covers.filter((id) => !known.has(id))]).toEqual([name, []]);
    expect(covers).not.toEqual([]);
  }
});
