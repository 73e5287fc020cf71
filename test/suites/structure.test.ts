import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const CORE = ['common', 'schemas', 'history', 'behaviors', 'verdicts', 'target', 'suites'];

/** The folders from which a folder may import, in addition to itself. */
const ALLOWED: Record<string, readonly string[]> = {
  common: [],
  schemas: ['common'],
  history: ['common', 'schemas'],
  behaviors: ['schemas', 'history'],
  verdicts: ['common', 'schemas', 'history', 'behaviors'],
  target: ['common', 'schemas', 'history'],
  suites: ['common', 'schemas', 'history', 'behaviors', 'verdicts', 'target'],
  reporters: ['common', 'schemas', 'history', 'behaviors', 'verdicts', 'target'],
  contracts: CORE,
  config: CORE,
  page: [...CORE, 'reporters'],
  mock: ['common', 'schemas'],
  api: [...CORE, 'reporters', 'config', 'contracts', 'page', 'mock'],
  runners: [...CORE, 'reporters', 'config', 'api'],
  cli: [...CORE, 'reporters', 'config', 'contracts', 'page', 'mock', 'api'],
};

function filesUnder(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'));
}

/** The source files that a file imports, exports from, or loads lazily. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'(\.[^']+)'/g)];
  return named.map(([, path]) => relative(ROOT, resolve(ROOT, dirname(file), path ?? '')));
}

const folderOf = (file: string): string => file.split('/')[0] ?? '';

test('every folder with sources has a place in the order', () => {
  const others = ['test', 'scripts', 'examples', 'docs', 'node_modules', 'dist', 'coverage'];
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !others.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => filesUnder(name, ['.ts']).length > 0);
  expect(folders.toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test('a file that breaks the direction is found', () => {
  expect(importsOf('cli/run.ts')).toEqual(
    expect.arrayContaining(['api/run-and-judge', 'config/flags', 'reporters/index.js']),
  );
  expect(importsOf('cli/program.ts')).toContain('cli/run.js');
});

test.each(Object.entries(ALLOWED))('imports run one way: %s', (folder, allowed) => {
  const stray = filesUnder(folder, ['.ts', '.js', '.mjs'])
    .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
    .filter(({ imported }) => folderOf(imported) !== folder && !allowed.includes(folderOf(imported)))
    .map(({ file, imported }) => `${file} imports ${imported}`);
  expect(stray).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const files = new Set(Object.keys(ALLOWED).flatMap((folder) => filesUnder(folder, ['.ts', '.mts'])));
  const named = (path: string): string[] =>
    [path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`, `${path}/index.ts`].filter((file) => files.has(file));
  const imported = new Map([...files].map((file) => [file, importsOf(file).flatMap(named)]));
  // Only what is on a circle, or between two, is left when files that import none of the rest are taken away again and again.
  const left = new Map(imported);
  for (let size = Infinity; left.size < size;) {
    size = left.size;
    for (const [file, all] of left) if (!all.some((one) => left.has(one))) left.delete(file);
  }
  expect(imported.size).toBeGreaterThan(300);
  expect([...left.keys()]).toEqual([]);
});

const scripts = ['scripts', 'bench', 'test', 'contracts'].flatMap((folder) => filesUnder(folder, ['.mjs', '.cjs']));

test('every built module that scripts, benches and tests load has a source', () => {
  const loaded = scripts.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/'(?:\.\.?\/)+dist\/([\w/-]+)\.([cm]?)js'/g)].map(
      ([, name, kind]) => ({ file, source: `${name}.${kind}ts`, written: `${name}.${kind}js` }),
    ),
  );
  expect(loaded.length).toBeGreaterThan(20);
  const missing = loaded.filter(
    ({ source, written }) => !existsSync(join(ROOT, source)) && !existsSync(join(ROOT, written)),
  );
  expect(missing).toEqual([]);
});

// `const { resultOf } = require('../dist/verdicts/result.js')`, or the same with import.
const TAKEN =
  /(?:const|import)\s*\{([^}]*)\}\s*(?:=\s*(?:await\s+import|require)\(|from\s+)'(?:\.\.?\/)+dist\/([\w/-]+)\.js'/g;

test('every name that scripts, benches and tests take from a built module is exported by its source', async () => {
  const taken = scripts.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(TAKEN)].flatMap(([, names = '', source = '']) =>
      names.split(',').flatMap((one) => {
        const [name = ''] = one.trim().split(/\s*(?::|\bas\b)\s*/);
        return name === '' ? [] : [{ file, source, name }];
      }),
    ),
  );
  expect(taken.length).toBeGreaterThan(60);
  const modules = new Map<string, object>();
  for (const source of new Set(taken.map((one) => one.source))) {
    modules.set(source, (await import(join(ROOT, source))) as object);
  }
  expect(taken.filter(({ source, name }) => !(name in (modules.get(source) ?? {})))).toEqual([]);
});

test('the core prints nothing and never ends the process', () => {
  const core = [...CORE, 'config', 'reporters', 'mock', 'api', 'runners'].flatMap((folder) =>
    filesUnder(folder, ['.ts']),
  );
  const loud = core.filter((file) =>
    /\bconsole\.\w+\(|\bprocess\.(exit|stdout|stderr|exitCode)\b/.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(loud).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const folders = [...Object.keys(ALLOWED), 'test', 'scripts', 'examples'];
  const long = folders
    .flatMap((folder) => filesUnder(folder, ['.ts', '.js', '.mjs', '.cjs']))
    // Generated files are as long as their source requires.
    .filter((file) => !file.includes('/generated/'))
    .filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});

// Otherwise a changed schema would have no effect until its validator is compiled.
test('each validator was compiled from the current schemas: npm run generate', () => {
  const folder = join(ROOT, 'schemas/generated');
  const files = readdirSync(folder).filter((file) => file.endsWith('.cjs'));
  expect(files.length).toBeGreaterThan(0);
  const stale = files.filter((file) => {
    const [header = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
    const [, names = '', digest] = /Schemas: (.*); digest (\w+)$/.exec(header) ?? [];
    const content = names.split(', ').map((name): [string, unknown] => {
      const text = readFileSync(join(ROOT, 'schemas', `${name}.schema.json`), 'utf8');
      return [name, JSON.parse(text)];
    });
    return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16) !== digest;
  });
  expect(stale).toEqual([]);
});
