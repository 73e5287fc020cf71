// Compiles the schemas to code: no command compiles one when it runs, and nothing is evaluated.
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';

/** Annotations of the schemas that check nothing. */
const ANNOTATIONS = ['x-expected', 'tsType', 'x-env', 'x-flag', 'x-flag-description'];

/** What describes files of the suite's own, apart from the resources. */
const OWN = ['config', 'history', 'openapi', 'result', 'waivers'];

function compiler(options) {
  const ajv = new Ajv2020.default({
    strict: true,
    allowUnionTypes: true,
    ownProperties: true,
    inlineRefs: false,
    code: { source: true },
    ...options,
  });
  addFormats.default(ajv);
  ajv.addVocabulary(ANNOTATIONS);
  return ajv;
}

/** The code of some validators, by the names under which they are exported. */
function codeOf(options, schemas, names) {
  const ajv = compiler(options);
  for (const schema of schemas) ajv.addSchema(schema);
  return standaloneCode.default(ajv, names);
}

/**
 * The texts of the files of validators, by file name.
 * @param schemas every schema of the folder: its file's name without the ending, and its content
 */
export function validatorFiles(schemas, header) {
  const resources = schemas.filter(({ name }) => !OWN.includes(name));
  const byName = Object.fromEntries(resources.map(({ name, schema }) => [name.replaceAll('-', '_'), schema.$id]));
  const contents = resources.map(({ schema }) => schema);
  const schemaOf = (wanted) => schemas.find(({ name }) => name === wanted).schema;
  const told = { allErrors: true, verbose: true };
  const [result, history] = [schemaOf('result'), schemaOf('history')];
  const files = {
    // Every error of a value; and of a huge one the first.
    'resources-all.cjs': codeOf(told, contents, byName),
    'resources-first.cjs': codeOf({ verbose: true }, contents, byName),
    'config-file.cjs': codeOf(told, [schemaOf('config')], { config: schemaOf('config').$id }),
    'waivers-file.cjs': codeOf(told, [schemaOf('waivers')], { waivers: schemaOf('waivers').$id }),
    'history-file.cjs': codeOf({ discriminator: true }, [history], { history: history.$id }),
    'result-file.cjs': codeOf({ discriminator: true }, [result, contractResults(result)], {
      result: result.$id,
      contractResults: contractResults(result).$id,
    }),
  };
  return new Map(Object.entries(files).map(([name, code]) => [name, `${header}${code}\n`]));
}

function contractResults(result) {
  const items = { $ref: `${result.$id}#/$defs/contractResult` };
  return { $id: result.$id.replace('result.schema', 'contract-results.schema'), type: 'array', items };
}
