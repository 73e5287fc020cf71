import { verifyContracts, type ContractSettings } from '../../contracts';
import type { ContractReason, ContractResult } from '../../verdicts/contract-result';
import { settingsFor, withMock } from './target';

jest.setTimeout(120_000);

/** The interactions that did not pass, by the beginning of their names, with the reason of the first. */
function rest(results: ContractResult[]): { names: string[]; results: string[]; reason: ContractReason | undefined } {
  const others = results.filter(({ result }) => result !== 'passed');
  return {
    names: others.map(({ interaction }) => interaction.split(':')[0] ?? ''),
    results: [...new Set(others.map(({ result }) => result))],
    reason: others[0]?.reason,
  };
}

function verified(more: Partial<ContractSettings>): Promise<ContractResult[]> {
  return withMock({}, (mock) => verifyContracts(settingsFor(mock, more)));
}

test('what needs a phone is untested where none may be dialled', async () => {
  const { names, results, reason } = rest(await verified({ allowPstn: false }));
  expect([names, results]).toEqual([['pstn'], ['untested']]);
  expect(reason).toMatchObject({ why: 'notProvided', advice: expect.stringContaining('--allow-pstn') });
});

test('what needs a capability does not apply where the config declares it absent', async () => {
  const capabilities = { pstn: true, replace: false, multiple: false, failure: false };
  const { names, results, reason } = rest(await verified({ capabilities }));
  expect(names).toEqual(['failure', 'multiple', 'replace', 'replaced call deleted', 'replaced call terminated']);
  expect(results).toEqual(['notApplicable']);
  expect(reason).toEqual({ why: 'capabilityAbsent', missing: expect.stringContaining('capability failure') });
});

test('what needs a token is untested where it is not configured', async () => {
  const [names, results, reason] = await withMock({}, async (mock) => {
    const others = rest(await verifyContracts(settingsFor(mock, { tokens: { valid: mock.tokens.valid } })));
    return [others.names, others.results, others.reason];
  });
  expect([names, results]).toEqual([['authorization.application-permission', 'authorization.delegated'], ['untested']]);
  expect(reason).toMatchObject({ why: 'notProvided', missing: expect.stringContaining('tokens.withoutPermission') });
});

test('calls that the config names can be used', async () => {
  const others = await withMock({}, async (mock) => {
    const settings = settingsFor(mock, { provisioning: { calls: {} }, invitees: { users: ['a', 'b', 'c'] } });
    return rest(await verifyContracts({ ...settings, allowPstn: false }));
  });
  expect(others.results).toEqual(['untested']);
  expect(others.names).toEqual(['failure', 'pstn']);
});
