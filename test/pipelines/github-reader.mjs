// Reads an action or a workflow from standard input with GitHub's parser, and prints what it finds wrong, as JSON.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

// The package imports JSON in the way of bundlers, which Node does not take.
const hook = `import { readFile } from 'node:fs/promises';
export const load = async (url, context, next) =>
  url.endsWith('.json')
    ? { format: 'module', shortCircuit: true, source: 'export default ' + (await readFile(new URL(url), 'utf8')) }
    : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');

const read = process.argv[2] === 'action' ? parseAction : parseWorkflow;
const file = { name: 'file.yml', content: readFileSync(0, 'utf8') };
const { context } = read(file, new NoOperationTraceWriter());
console.log(JSON.stringify(context.errors.getErrors().map(({ message }) => message)));
