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

/** Stands in for GitHub's command line and jq: lists the issues of a file, and records other requests. */
const GH = `#!/usr/bin/env -S python3 -I
import json, os, sys
if sys.argv[2] == 'list':
    with open('issues.json') as file:
        issues = [one for one in json.load(file) if one['title'] == os.environ['TITLE']]
    if issues:
        print(json.dumps(max(issues, key=lambda one: one['number'])), end='')
else:
    with open('asked.txt', 'a') as file:
        print(*sys.argv[2:4], file=file)
`;
const JQ = `#!/usr/bin/env -S python3 -I
import json, re, sys
with open(sys.argv[3]) as file:
    text = file.read()
if text.strip():
    print(json.loads(text).get(re.search('[a-z]+', sys.argv[2])[0], ''))
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
  writeFileSync(join(folder, 'issues.json'), JSON.stringify(issues));
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
