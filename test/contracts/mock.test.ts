import { ownInteractions, verifyContracts } from '../../contracts';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

test('every interaction passes against the mock', async () => {
  const results = await withMock({}, (mock) => verifyContracts(optionsFor(mock)));
  expect(results.filter(({ result }) => result !== 'passed')).toEqual([]);
  expect(results.map(({ interaction }) => interaction)).toEqual(ownInteractions().map(({ name }) => name));
});
