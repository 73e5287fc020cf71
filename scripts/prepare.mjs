// Builds the package when it is installed from a repository (`npm install git+…`), which has no dist/. Does nothing if
// there is one, or no compiler (`npm ci --omit=dev`); installing a tarball never runs this.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const has = (path) => existsSync(new URL(`../${path}`, import.meta.url));

if (!has('dist/cli/main.js') && has('node_modules/typescript/bin/tsc')) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
