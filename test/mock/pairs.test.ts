import { createMock, startMock } from '../../mock';
import { FAULTS, VARIANTS } from '../../mock/catalog';
import { ahead } from '../support/ahead';
import { transcribe } from './transcript';
import { propertyRuns } from '../support/property-runs';

const COUNT = propertyRuns(60);
const ATTEMPTS = ['one', 'replace', 'anonymous'];

/** Reproducible pseudo-random numbers, so that a failing pair can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const next = numbers(20_210_216);
const one = <T>(from: readonly T[]): T => from[next(from.length)] as T;
const pairs = Array.from({ length: COUNT }, (_, i) => {
  const [first, second] = [one(FAULTS).id, i % 2 === 0 ? one(FAULTS).id : one(VARIANTS).id];
  return i % 2 === 0 ? { faults: [first, second] } : { faults: [first], variants: [second] };
});
const KNOWN = { faults: ['notification.resource-url/missing', 'roster.resource-url/below-operations'] };

test('a mock with any two faults, or with a fault and a variant, answers', async () => {
  const broken: string[] = [];
  const all = [KNOWN, ...pairs];
  const transcriptOf = ahead(all, (pair) => transcribe(pair, ATTEMPTS), 6);
  for (const pair of all) {
    const seen = await transcriptOf(pair);
    const answers = seen.filter((line) => line.startsWith('answer'));
    if (answers.length !== ATTEMPTS.length || seen.some((line) => line.includes('InternalServerError')))
      broken.push(JSON.stringify(pair));
  }
  expect(broken).toEqual([]);
});

test('both faults of a pair have an effect', async () => {
  const seen = (await transcribe(KNOWN, ATTEMPTS)).join('\n');
  expect(seen).not.toContain('"resourceUrl"');
});

test.each([
  [{ latencyMs: -5 }, "The mock's option latencyMs must be a number from 0"],
  [{ latencyMs: '5' }, 'option latencyMs must be a number'],
  [{ latencyMs: Number.NaN }, 'option latencyMs must be a number'],
  [{ fault: ['x'] }, 'The mock has no option "fault": did you mean "faults"?'],
  [{ faults: 'completion.once/twice' }, 'option faults must be an array of ids'],
  [{ variant: [] }, 'did you mean "variants"?'],
  [{ allowRemoteCallbacks: 'yes' }, 'option allowRemoteCallbacks must be true or false'],
])('%j is an error', async (options, says) => {
  expect(() => createMock(options as object)).toThrow(says);
  await expect(startMock(options as object)).rejects.toThrow(says);
});

test('options that only a listening mock has are errors for another one, and vice versa', async () => {
  expect(() => createMock({ port: 1 } as object)).toThrow('has no option "port"');
  await expect(startMock({ url: 'http://x' } as object)).rejects.toThrow('has no option "url"');
  await expect(startMock({ port: 70_000 })).rejects.toThrow('option port must be an integer from 0 to 65535');
  expect(() => createMock({ url: 'x' })).toThrow('option url must be an http or https URL');
});
