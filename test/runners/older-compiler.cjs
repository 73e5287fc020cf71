// Compiles as `tsc --noEmit` does, with the last compiler that knows the resolution of node10. It takes long to check the
// declarations of its own and of Node, which are not what is tested: it checks the package, and what uses it.
//   node older-compiler.cjs FILE… OPTION…
const ts = require('./tools/node_modules/typescript');

const { fileNames, options } = ts.parseCommandLine(process.argv.slice(2));
const program = ts.createProgram(fileNames, options);
const files = program
  .getSourceFiles()
  .filter(({ fileName }) => !/\/node_modules\/(?!invite-conformance\/)/.test(fileName));
const found = [
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
];
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => '', getNewLine: () => '\n' };
process.stdout.write(ts.formatDiagnostics(found, host));
if (files.length === fileNames.length) throw new Error('the package is not among the files of the program');
process.exitCode = found.length > 0 ? 1 : 0;
