import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const MOCK = resolve(__dirname, '../../mock');

/** The imports of each file of the mock within the mock. */
function imports(): Map<string, string[]> {
  const files = readdirSync(MOCK, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(MOCK, file), 'utf8');
      const named = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => path);
      return [file, named.map((path) => `${relative(MOCK, resolve(MOCK, dirname(file), path))}.ts`)];
    }),
  );
}

/** The first import cycle on a walk from a file. */
function circleFrom(file: string, all: Map<string, string[]>, way: readonly string[] = []): string[] | undefined {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
  for (const next of all.get(file) ?? []) {
    const circle = circleFrom(next, all, [...way, file]);
    if (circle) return circle;
  }
  return undefined;
}

test('an import cycle is found', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(circleFrom('a', circle)).toEqual(['b', 'c', 'b']);
  expect(imports().get('catalog.ts')).toEqual(expect.arrayContaining(['fault-records.ts', 'faults/roster.ts']));
});

test('the files of the mock have no import cycle', () => {
  const all = imports();
  expect([...all.keys()].map((file) => circleFrom(file, all)).filter((circle) => circle !== undefined)).toEqual([]);
});
