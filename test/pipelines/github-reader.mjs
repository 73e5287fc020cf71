// Reads actions and workflows with GitHub's parser, and prints its errors for each. Input is JSON on standard input: a
// list of { kind, content }.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

// The package imports JSON as bundlers allow, which Node refuses.
const hook = `import { readFile } from 'node:fs/promises';
export const load = async (url, context, next) =>
  url.endsWith('.json')
    ? { format: 'module', shortCircuit: true, source: 'export default ' + (await readFile(new URL(url), 'utf8')) }
    : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');

const faults = JSON.parse(readFileSync(0, 'utf8')).map(({ kind, content }) => {
  const read = kind === 'action' ? parseAction : parseWorkflow;
  const { context } = read({ name: 'file.yml', content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
});
console.log(JSON.stringify(faults));
