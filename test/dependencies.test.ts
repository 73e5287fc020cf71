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

test('exactly the packages that come with the suite are listed, each with its reason', () => {
  const rows = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(new Set(listed)).toEqual(new Set(Object.keys(manifest.dependencies)));
  for (const row of rows) expect(row.split('|')[3]?.trim()).toMatch(/\w/);
});

test('every version is exact', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

// npm runs `postprepare` only for a checkout and a git URL, never for a package from a tarball or a registry; of `prepare` it
// warns if a project installs the tarball.
test('installing the suite runs none of its scripts', () => {
  const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'prepublish'];
  expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
});

test('the lock file has a checksum for every package', () => {
  const without = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
  expect(without.map(([path]) => path)).toEqual([]);
});

test('packages with a variant for each platform have all of them in the lock file, for Linux, macOS and Windows', () => {
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

test('the documented versions of Node are the tried ones; engines and the recipes name no others', () => {
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
