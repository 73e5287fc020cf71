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
const GH = `#!/usr/bin/env node
const fs = require('node:fs');
const args = process.argv.slice(2);
if (args[1] === 'list') {
  const issues = JSON.parse(fs.readFileSync('issues.json', 'utf8')).filter(({ title }) => title === process.env.TITLE);
  const last = issues.sort((a, b) => a.number - b.number).at(-1);
  if (last) process.stdout.write(JSON.stringify(last));
} else fs.appendFileSync('asked.txt', args.slice(1, 3).join(' ') + '\\n');
`;
const JQ = `#!/usr/bin/env node
const fs = require('node:fs');
const text = fs.readFileSync(process.argv[4], 'utf8');
if (text.trim() !== '') process.stdout.write(String(JSON.parse(text)[/\\w+/.exec(process.argv[3])[0]] ?? '') + '\\n');
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
