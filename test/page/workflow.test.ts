import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const RECIPE = readFileSync(resolve(__dirname, '../../docs/ci/drift.github.yml'), 'utf8');
type Recipe = { env: { TITLE: string }; jobs: { drift: { steps: { name?: string; run?: string }[] } } };
const { env, jobs } = parse(RECIPE) as Recipe;
const SCRIPT = jobs.drift.steps.at(-1)?.run ?? '';

interface Issue {
  number: number;
  title: string;
  state: 'OPEN' | 'CLOSED';
  body: string;
}

/** Stands in for the command lines of GitHub and jq: shows the last issue, and records other requests. */
const GH = `#!/bin/sh
if [ "$2" = list ]; then cat issue.json; else echo "$2 $3" >> asked.txt; fi
`;
const JQ = `#!/bin/sh
sed -n "s/.*\\"$(expr "$2" : '\\.\\([a-z]*\\)')\\":\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p" "$3"
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drift-'));
  for (const [name, text] of [
    ['gh', GH],
    ['jq', JQ],
  ] as const) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The requests of the workflow's last step to GitHub. */
function asked(code: number, outcome: string, issues: Issue[]): string[] {
  const last = issues
    .filter(({ title }) => title === env.TITLE)
    .toSorted((one, other) => one.number - other.number)
    .at(-1);
  writeFileSync(join(folder, 'issue.json'), last === undefined ? '' : JSON.stringify(last));
  writeFileSync(join(folder, 'drift.md'), `# Drift\n\n${'words '.repeat(12_000)}\n\n<!-- outcome ${outcome} -->\n`);
  execFileSync('bash', ['-e', '-o', 'pipefail', '-c', SCRIPT], {
    cwd: folder,
    env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, TITLE: env.TITLE, CODE: String(code) },
  });
  const file = join(folder, 'asked.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

const issue = (number: number, state: Issue['state'], outcome: string, title = env.TITLE): Issue => ({
  number,
  title,
  state,
  body: `# Drift\r\n\r\n<!-- outcome ${outcome} -->`,
});

describe('the weekly workflow', () => {
  test.each<[string, number, Issue[], string[]]>([
    ['opens an issue the first time', 1, [issue(3, 'OPEN', 'aa', 'Another')], ['create --title']],
    ['posts nothing about the same outcome', 1, [issue(3, 'OPEN', 'aa')], []],
    ['posts nothing about an outcome whose issue was closed', 3, [issue(3, 'CLOSED', 'aa')], []],
    ['updates an open issue', 1, [issue(3, 'OPEN', 'bb')], ['edit 3', 'comment 3']],
    ['opens another issue for another outcome', 3, [issue(3, 'CLOSED', 'bb')], ['create --title']],
    ['closes the issue when there is no drift', 0, [issue(3, 'OPEN', 'bb')], ['close 3']],
    ['posts nothing without drift', 0, [issue(3, 'CLOSED', 'aa')], []],
  ])('%s', (_name, code, issues, expected) => {
    expect(asked(code, 'aa', issues)).toEqual(expected);
  });

  test('an issue contains the outcome although the report is truncated', () => {
    asked(1, 'aa', []);
    expect(readFileSync(join(folder, 'issue.md'), 'utf8').trimEnd()).toMatch(/<!-- outcome aa -->$/);
  });
});
