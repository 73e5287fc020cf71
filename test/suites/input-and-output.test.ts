import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** The source files in some folders that contain a pattern. */
function filesWith(pattern: RegExp, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8')))
    .toSorted();
}

const ALL = [
  'common',
  'history',
  'behaviors',
  'verdicts',
  'target',
  'suites',
  'reporters',
  'contracts',
  'config',
  'page',
];

test('only one file writes to standard output and standard error, and makes the text harmless', () => {
  expect(filesWith(/\bprocess\.(stdout|stderr)\.write\((?!'')|\bconsole\.\w+\(/, [...ALL, 'cli'])).toEqual([
    'cli/output.ts',
  ]);
});

test('only colours, the progress line and reports are printed verbatim', () => {
  expect(filesWith(/\bverbatim\b[^;]*common\/printable'|\bnew Verbatim\(/, [...ALL, 'cli'])).toEqual([
    'cli/doctor.ts',
    'cli/output.ts',
    'cli/progress.ts',
    'common/printable.ts',
  ]);
});

test("only the client and the delivery body decode the target's bytes; client and listener pass on redacted events", () => {
  const made = filesWith(/import \{[^}]*\b(bodyOf|pairs)\b[^}]*\} from '[^']*history\/body'|\brawHeaders\b/, [
    'target',
    'suites',
    'contracts',
    'cli',
    'verdicts',
    'reporters',
  ]);
  // The contents of a pact's message are read like a notification, but do not come from a target.
  expect(made).toEqual(['contracts/provider/notification-kind.ts', 'target/client.ts', 'target/delivery-body.ts']);
  const [client, listener] = ['client', 'listener'].map((name) =>
    readFileSync(join(ROOT, `target/${name}.ts`), 'utf8'),
  );
  expect([...(client ?? '').matchAll(/\bresolve\((\w+)/g)].map(([, what]) => what)).toEqual(['exchange', 'recorded']);
  expect(client).toMatch(/const recorded = recorder\.add\(/);
  expect([...(listener ?? '').matchAll(/\blistener\((\w+)\)/g)].map(([, what]) => what)).toEqual(['delivery']);
  expect(listener).toMatch(/const delivery = recorder\.add\(/);
});
