import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { bench, readResult } from '../cli/command';
import { freePort } from '../support/free-port';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/ci/README.md'), 'utf8');
const kit = bench();
jest.setTimeout(180_000);

let image = '';
let service: ChildProcess | undefined;

/** Builds with the Dockerfile's own commands, from the files that it copies. */
beforeAll(() => {
  image = mkdtempSync(join(tmpdir(), 'image-'));
  const copied = readFileSync(join(ROOT, '.dockerignore'), 'utf8').matchAll(/^!(.+)$/gm);
  for (const [, path = ''] of copied) cpSync(join(ROOT, path), join(image, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(image, 'node_modules'));
  const [, build = ''] = /^RUN (npm run \w+) /m.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')) ?? [];
  execFileSync('bash', ['-c', build], { cwd: image, stdio: 'pipe' });
});
afterEach(() => service?.kill('SIGKILL'));
afterAll(() => rmSync(image, { recursive: true, force: true }));

/** The arguments of `docker run` after the image's name, and the variables that it passes on. */
function recipe(): { args: string[]; variables: string[] } {
  const [, flags = '', rest = ''] = /docker run ([^`]*?) invite-conformance \\\n\s*([^`\n]*)/.exec(PAGE) ?? [];
  return { args: rest.split(' '), variables: [...flags.matchAll(/--env (\w+)/g)].map(([, name = '']) => name) };
}

/** Starts the example's service, with its states endpoint at its own path. @returns when it accepts connections */
async function serve(port: number): Promise<void> {
  const child = spawn('python3', ['-B', join(ROOT, 'examples/provider-states/python/server.py')], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  service = child;
  await new Promise((listening) => {
    child.stdout.once('data', listening);
  });
}

/** The files in a folder with their content. */
function contentsOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

test('the Dockerfile builds the same files as the build for the other command tests', () => {
  const [built, known] = [join(image, 'dist'), kit.dist].map(contentsOf);
  expect(built?.size).toBeGreaterThan(100);
  expect([...(built?.keys() ?? [])].toSorted()).toEqual([...(known?.keys() ?? [])].toSorted());
  expect([...(built ?? [])].filter(([path, content]) => known?.get(path) !== content).map(([path]) => path)).toEqual(
    [],
  );
});

test("the image's command judges a service as in the recipe, and ends with exit 0", async () => {
  const port = await freePort();
  await serve(port);
  const { args, variables } = recipe();
  expect(args.join(' ')).toMatch(/^run --target http:\S+ --states http:\S+$/);
  // The mounted folder contains the config, which declares the service's absent capabilities.
  const flags = args.map((arg) => arg.replace('8080', String(port)));
  const written = await kit.inProcess(['init', ...flags.slice(1), '--without', 'replace']);
  expect(written.code).toBe(0);
  const known: Record<string, string> = {
    INVITE_TOKEN: 'bot-that-may-invite',
    INVITE_TOKEN_WITHOUT_PERMISSION: 'bot-that-may-not',
    INVITE_TOKEN_DELEGATED: 'somebody',
  };
  const passed = Object.fromEntries(variables.map((name) => [name, known[name] ?? '']));
  const { PATH = '', HOME = '' } = process.env;
  const part = ['--scenario', 'single'];
  const output = execFileSync(process.execPath, [join(image, 'dist/cli/main.js'), ...flags, ...part], {
    cwd: kit.folder(),
    env: { PATH, HOME, NODE_ENV: 'production', ...passed },
    encoding: 'utf8',
  });
  expect(output).toMatch(/^PASS {2}what was selected: (\d+) of \1 behaviours; /m);
  const { summary } = readResult(join(kit.folder(), '.invite-conformance'));
  expect({ failed: summary.failed, untested: summary.untested }).toEqual({ failed: 0, untested: 0 });
});
