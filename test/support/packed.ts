import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { buildOnce } from './build';
import { madeOnce } from './once';

const ROOT = resolve(__dirname, '../..');

/** The output of npm about a package that it packed. */
export interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/** Packs the package, as `npm pack` does, once for all test files, and unpacks it into a folder. */
export async function pack(home: string): Promise<Packed> {
  const folder = await madeOnce('packed', async (shared) => {
    writeFileSync(join(shared, 'packed.json'), JSON.stringify(await packInto(shared)));
  });
  const packed = JSON.parse(readFileSync(join(folder, 'packed.json'), 'utf8')) as Packed;
  copyFileSync(join(folder, packed.filename), join(home, packed.filename));
  return packed;
}

async function packInto(home: string): Promise<Packed> {
  const source = join(home, 'source');
  mkdirSync(source);
  for (const name of ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', '.gitignore', 'docs', 'schemas']) {
    cpSync(join(ROOT, name), join(source, name), { recursive: true });
  }
  cpSync(await buildOnce(), join(source, 'dist'), { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', home];
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: source, encoding: 'utf8' })) as [Packed];
  return packed;
}

/** The folder of the tools that check the package. */
export const TOOLS = join(ROOT, 'test/runners/tools');

/** Makes a project with the packed package, its dependencies, and the runners and servers of the tools. */
export async function projectWith(home: string): Promise<string> {
  const { filename } = await pack(home);
  const modules = join(home, 'project/node_modules');
  const own = join(modules, 'invite-conformance');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', join(home, filename), '-C', own, '--strip-components', '1']);
  // The suite's own dependencies take precedence.
  for (const from of [join(ROOT, 'node_modules'), join(TOOLS, 'node_modules')]) {
    for (const name of readdirSync(from).filter((one) => !one.startsWith('.'))) {
      const scoped = name.startsWith('@') ? readdirSync(join(from, name)).map((one) => `${name}/${one}`) : [name];
      for (const one of scoped) {
        const to = join(modules, one);
        mkdirSync(join(to, '..'), { recursive: true });
        if (!existsSync(to)) symlinkSync(join(from, one), to);
      }
    }
  }
  return join(home, 'project');
}
