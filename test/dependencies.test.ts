import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string): string => readFileSync(join(__dirname, '..', file), 'utf8');

interface Locked {
  integrity?: string;
  os?: string[];
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}

const manifest = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

test('each package that comes with the suite is listed with its reason, and no other', () => {
  const rows = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(new Set(listed)).toEqual(new Set(Object.keys(manifest.dependencies)));
  for (const row of rows) expect(row.split('|')[3]?.trim()).toMatch(/\w/);
});

test('every version is one version', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

// npm runs `postprepare` for a checkout, its clone of a git URL among them, and for nothing that comes from a tarball or a
// registry; of `prepare` it warns where a project has the tarball.
test('nothing of ours runs when the suite is installed', () => {
  const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'prepublish'];
  expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
});

test('the lock file names every package by its checksum', () => {
  const without = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
  expect(without.map(([path]) => path)).toEqual([]);
});

test('what has a package a platform has all of them in the lock file, for Linux, macOS and Windows', () => {
  const lacking: string[] = [];
  let some = 0;
  for (const [owner, { optionalDependencies }] of Object.entries(packages)) {
    const platforms = Object.keys(optionalDependencies ?? {}).filter((name) =>
      /linux|darwin|macos|win32|windows/.test(name),
    );
    some += owner === '' ? 0 : platforms.length;
    const locked = (name: string): boolean =>
      `${owner}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
    lacking.push(...platforms.filter((name) => !locked(name)));
  }
  expect(some).toBeGreaterThan(20);
  expect(lacking).toEqual([]);
});

test('the versions of Node that are documented are those that are tried; engines and the recipes name no other', () => {
  const tried = new Map(
    [...read('scripts/nodes.mjs').matchAll(/(\d+): '(\d+\.\d+\.\d+)'/g)].map(([, one, of]) => [one, of]),
  );
  expect(tried.size).toBeGreaterThan(3);
  const rows = [...read('docs/dependencies.md').matchAll(/^\| (\d+) \| ([\d., ]+) \| .*\d{4}-\d\d-\d\d \|$/gm)];
  const documented = rows.map(([, major, versions = '']) => [major, versions.split(', ')[0]]);
  expect(documented).toEqual([...tried]);
  expect(tried.get('20')).toBe(`${manifest.engines.node.replace('>=', '')}.0`);
  for (const recipe of ['docs/ci/gate.github.yml', 'docs/ci/gate.gitlab-ci.yml']) {
    const [, matrix = ''] = /(?:node|NODE_VERSION): \[(.+)\]/.exec(read(recipe)) ?? [];
    const majors = matrix.match(/\d+/g) ?? [];
    expect(majors.length).toBeGreaterThan(1);
    expect([...tried.keys()]).toEqual(expect.arrayContaining(majors));
  }
});
