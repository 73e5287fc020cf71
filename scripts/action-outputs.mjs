// Prints the outputs of the action, one per line: `node action-outputs.mjs EXIT_CODE FOLDER`.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const VERDICTS = {
  0: 'passed',
  1: 'failed',
  2: 'misconfigured',
  3: 'incomplete',
  4: 'environment',
  130: 'interrupted',
};
/** The outputs that name a file, with the file's name. */
const FILES = { result: 'result.json', html: 'report.html', junit: 'junit.xml', sarif: 'invite.sarif' };

const [code = '', folder = ''] = process.argv.slice(2);
// Absolute, because later steps may use another working folder; empty if there is no such file.
const found = (file) => {
  const path = resolve(folder, file);
  return existsSync(path) ? path : '';
};
const files = Object.fromEntries(Object.entries(FILES).map(([name, file]) => [name, found(file)]));
const summary = files.result === '' ? {} : JSON.parse(readFileSync(files.result, 'utf8')).summary;
const outputs = {
  verdict: VERDICTS[code] ?? 'fault',
  'exit-code': code,
  passed: summary.passed,
  failed: summary.failed,
  waived: summary.waived,
  untested: summary.untested,
  'not-applicable': summary.notApplicable,
  'not-selected': summary.notSelected,
  reports: found('.'),
  ...files,
};
for (const [name, value] of Object.entries(outputs)) console.log(`${name}=${value ?? ''}`);
