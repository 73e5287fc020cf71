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
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

test('each package that comes with the suite is listed with its reason, and no other', () => {
  const rows = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(listed.toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted());
  for (const row of rows) expect(row.split('|')[3]?.trim()).toMatch(/\w/);
});

test('every version is one version', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

test('nothing of ours runs when the suite is installed', () => {
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare', 'prepublish'];
  expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
});

test('the lock file names every package by its checksum', () => {
  const without = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
  expect(without.map(([path]) => path)).toEqual([]);
});

test('what has a package a platform has all of them in the lock file, for Linux, macOS and Windows', () => {
  let some = 0;
  for (const [owner, { optionalDependencies }] of Object.entries(packages)) {
    if (owner === '') continue;
    const names = Object.keys(optionalDependencies ?? {});
    const platforms = names.filter((name) => /linux|darwin|win32|windows|macos/.test(name));
    if (platforms.length === 0) continue;
    some += 1;
    const locked = platforms.filter(
      (name) => `${owner}/node_modules/${name}` in packages || `node_modules/${name}` in packages,
    );
    for (const os of [/linux/, /darwin|macos/, /win32|windows/]) {
      const wanted = platforms.filter((name) => os.test(name));
      if (wanted.length > 0) expect([owner, locked.filter((name) => os.test(name))]).toEqual([owner, wanted]);
    }
  }
  expect(some).toBeGreaterThan(3);
});
