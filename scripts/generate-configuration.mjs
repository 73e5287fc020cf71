// Writes the table of options in docs/configuration.md from the config's JSON Schema. With --check it writes nothing,
// and exits 1 if the table is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { optionsIn } from './schema-options.mjs';

const path = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const DOCUMENT = 'docs/configuration.md';
const [BEGIN, END] = ['<!-- options: written by npm run generate -->', '<!-- end of options -->'];

const TYPES = { integer: 'whole number', array: 'list', token: 'text or source', pem: 'source', enum: 'word' };

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text) => (text === undefined ? '' : `\`${text}\``);

function typeOf({ $ref, enum: values, type }) {
  const name = $ref?.split('/').at(-1) ?? (values === undefined ? type : 'enum');
  return TYPES[name] ?? name;
}

function defaultOf({ default: value }) {
  return value === undefined ? '' : code([value].flat().join(', '));
}

function row({ key, node }) {
  const { minimum, maximum } = node;
  const range = minimum === undefined ? '' : `, ${minimum} to ${maximum}`;
  const flag = node['x-flag']?.split(' ')[0];
  const cells = [code(key), `${typeOf(node)}${range}`, defaultOf(node), code(flag), code(node['x-env'])];
  return `| ${[...cells, cell(node.description)].join(' | ')} |`;
}

const schema = JSON.parse(readFileSync(path('schemas/config.schema.json'), 'utf8'));
const table = [
  '| key | type | default | flag | environment | what it is |',
  '| --- | --- | --- | --- | --- | --- |',
  ...optionsIn(schema).map(row),
].join('\n');

const text = readFileSync(path(DOCUMENT), 'utf8');
const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
if (from === -1 || to < from) throw new Error(`${DOCUMENT} has no place for the table of options`);
const wanted = `${text.slice(0, from)}${BEGIN}\n\n${table}\n\n${text.slice(to)}`;
if (wanted !== text && process.argv.includes('--check')) {
  console.error(`The table of options in ${DOCUMENT} is stale: npm run generate`);
  process.exitCode = 1;
} else if (wanted !== text) writeFileSync(path(DOCUMENT), wanted);
