// Writes reporters/html/client/assets.json, the style and the script of the HTML report, from page.css and page.ts next
// to it; it only removes the types. With --check it writes nothing, and exits 1 if the committed file is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'reporters/html/client');
const ASSETS = join(FOLDER, 'assets.json');
const COMMAND = 'npm run generate';

const read = (name) => readFileSync(join(FOLDER, name), 'utf8');
const lines = (text) => text.trimEnd().split('\n');

const { code } = transformSync(read('page.ts'), {
  swcrc: false,
  isModule: true,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022', preserveAllComments: false },
  module: { type: 'es6' },
});
// Each of these would end the element that contains the text.
for (const [name, text] of [
  ['page.css', read('page.css')],
  ['page.ts', code],
]) {
  if (/<\/(?:style|script)|<!--/i.test(text)) throw new Error(`${name} can't stand in a page: it holds </… or <!--`);
}

const wanted = `${JSON.stringify({ style: lines(read('page.css')), script: lines(code) }, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (!existsSync(ASSETS) || readFileSync(ASSETS, 'utf8') !== wanted) {
    console.error(`reporters/html/client/assets.json is stale; renew it with: ${COMMAND}`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(ASSETS, wanted);
}
