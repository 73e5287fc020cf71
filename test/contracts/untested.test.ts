import { verifyContracts } from '../../contracts';
import type { ContractReason, ContractResult } from '../../verdicts/contract-result';
import { DEFAULTS } from '../../schemas/options';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

/** The interactions that did not pass, by the beginning of their names, with the result and the reason of each. */
function rest(results: ContractResult[]): Record<string, [string, ContractReason | undefined]> {
  const others = results.filter(({ result }) => result !== 'passed');
  return Object.fromEntries(
    others.map(({ interaction, result, reason }) => [interaction.split(':')[0] ?? '', [result, reason]]),
  );
}

test('interactions that need a missing phone, capability or token are not tried and say so; the others pass', async () => {
  const results = await withMock({}, (mock) =>
    verifyContracts(
      optionsFor(mock, {
        allowPstn: false,
        capabilities: { ...DEFAULTS.capabilities, replace: false, multiple: false, failure: false },
        tokens: { valid: mock.tokens.valid },
      }),
    ),
  );
  const absent = (name: string): unknown => [
    'notApplicable',
    { why: 'capabilityAbsent', missing: expect.stringContaining(`capability ${name}`) as string },
  ];
  const without = (missing: string): unknown => [
    'untested',
    expect.objectContaining({ why: 'notProvided', missing: expect.stringContaining(missing) as string }),
  ];
  expect(rest(results)).toEqual({
    pstn: [
      'untested',
      expect.objectContaining({ why: 'notProvided', advice: expect.stringContaining('--allow-pstn') as string }),
    ],
    failure: absent('failure'),
    multiple: absent('multiple'),
    replace: absent('replace'),
    'replaced call deleted': absent('replace'),
    'replaced call terminated': absent('replace'),
    'authorization.application-permission': without('tokens.withoutPermission'),
    'authorization.delegated': without('tokens.delegated'),
  });
});

test('calls that the config names can be used', async () => {
  const others = await withMock({}, async (mock) => {
    const options = optionsFor(mock, { provisioning: { calls: {} }, invitees: { users: ['a', 'b', 'c'] } });
    return rest(await verifyContracts({ ...options, allowPstn: false }));
  });
  expect(Object.entries(others).map(([name, [result]]) => [name, result])).toEqual([
    ['failure', 'untested'],
    ['pstn', 'untested'],
  ]);
});
