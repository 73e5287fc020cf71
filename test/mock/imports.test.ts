import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const MOCK = resolve(__dirname, '../../mock');

/** What each file of the mock imports of the mock. */
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

/** The first circle that a walk from a file meets. */
function circleFrom(file: string, all: Map<string, string[]>, way: readonly string[] = []): string[] | undefined {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
  for (const next of all.get(file) ?? []) {
    const circle = circleFrom(next, all, [...way, file]);
    if (circle) return circle;
  }
  return undefined;
}

test('a circle would be found', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(circleFrom('a', circle)).toEqual(['b', 'c', 'b']);
  expect(imports().get('catalog.ts')).toEqual(expect.arrayContaining(['fault-records.ts', 'faults/roster.ts']));
});

test('no file of the mock imports itself by way of others', () => {
  const all = imports();
  expect([...all.keys()].map((file) => circleFrom(file, all)).filter((circle) => circle !== undefined)).toEqual([]);
});
