import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { validate } from 'dockerfile-utils';
import buildConfig from '../../tsconfig.build.json';

const ROOT = resolve(__dirname, '../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const lines = read('Dockerfile').split('\n');

test('the linter reports no error', () => {
  expect(validate(read('Dockerfile')).map(({ message }) => message)).toEqual([]);
  expect(validate(read('Dockerfile').replace('USER node', 'USR node'))).not.toEqual([]);
});

test('the image does not run as root, has a pinned base, and contains only the needed files of the build', () => {
  const last = lines.findLastIndex((line) => line.startsWith('FROM '));
  const final = lines.slice(last);
  expect(lines.filter((line) => line.startsWith('FROM ')).every((line) => /^FROM node:\d+-\w+-slim\b/.test(line))).toBe(
    true,
  );
  expect(final.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  expect(final.findIndex((line) => line.startsWith('USER '))).toBeLessThan(
    final.findIndex((line) => line.startsWith('ENTRYPOINT ')),
  );
  expect(final.filter((line) => line.startsWith('COPY ') && !line.startsWith('COPY --from=build /suite/'))).toEqual([]);
  expect(read('Dockerfile')).not.toMatch(/npm (ci|install|prune)(?!.*--ignore-scripts)/);
});

test('image and recipes use the one version of Node that docs/dependencies.md names', () => {
  const [, lts] = /the active LTS: Node (\d+)/.exec(read('docs/dependencies.md')) ?? [];
  const files = ['Dockerfile', 'examples/bot-in-a-container/compose.yaml', 'docs/ci/Jenkinsfile'];
  const recipes = ['docs/ci/action.github.yml', 'docs/ci/drift.github.yml'];
  const named = [...files, ...recipes].map((file) => {
    const versions = [...read(file).matchAll(/(?:\bnode:|node-version: )(\d+)/g)].map(([, version]) => version);
    return [file, [...new Set(versions)]];
  });
  expect(named).toEqual([...files, ...recipes].map((file) => [file, [lts]]));
});

/** The files from which the image is built. */
const allowed = read('.dockerignore')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

test('the build gets all files that it compiles, and names no missing file', () => {
  expect(allowed.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  const compiled = new Set(buildConfig.include.map((pattern) => pattern.split('/')[0]));
  expect(allowed).toEqual(
    expect.arrayContaining([...compiled, 'package.json', 'package-lock.json', 'tsconfig.build.json', 'tsconfig.json']),
  );
});
