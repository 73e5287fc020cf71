import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import manifest from '../../package.json';
import { pack } from '../support/packed';

/** The links of the documentation: in a checkout, and in the package, which contains only a part of its files. */

const ROOT = resolve(__dirname, '../..');
const REPOSITORY = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
jest.setTimeout(180_000);

/** A link in a Markdown file of the project. */
interface Link {
  file: string;
  target: string;
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => normalize(join(folder, name)));
}

const PAGES = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs', 'examples', 'mock'].flatMap((name) =>
  name.endsWith('.md') ? [name] : markdownIn(name),
);

/** The text of a page without its code, in which brackets are no links. */
function proseOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replaceAll(/^ *```[^]*?^ *```/gm, '')
    .replaceAll(/`[^`\n]*`(?!\])/g, '');
}

const LINKS = PAGES.flatMap((file): Link[] =>
  [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ file, target })),
);
const RELATIVE = LINKS.filter(({ target }) => !/^[a-z]+:/.test(target));

/** The path that a relative link leads to, from the project's folder. */
function pathOf({ file, target }: Link): string {
  const [path = ''] = target.split('#');
  return path === '' ? file : normalize(join(dirname(file), path)).replace(/\/$/, '');
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(join(ROOT, file), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const shown = ({ file, target }: Link): string => `${file}: ${target}`;

test('every relative link leads to a file of the project', () => {
  expect(RELATIVE.length).toBeGreaterThan(100);
  expect(RELATIVE.filter((link) => !existsSync(join(ROOT, pathOf(link)))).map(shown)).toEqual([]);
});

test('every anchor in a relative link is a heading of that page', () => {
  const anchored = RELATIVE.filter(({ target }) => target.includes('#'));
  expect(anchored.length).toBeGreaterThan(3);
  const broken = anchored.filter((link) => !anchorsOf(pathOf(link)).includes(link.target.split('#')[1] ?? ''));
  expect(broken.map(shown)).toEqual([]);
});

test("every link to the project's repository leads to a file or folder of the project", () => {
  const own = LINKS.filter(({ target }) => target.startsWith(`${REPOSITORY}/`));
  expect(own.length).toBeGreaterThan(10);
  const broken = own.filter(({ target }) => {
    const [, kind, path = ''] = /^\/(blob|tree)\/main\/([^#]+)/.exec(target.slice(REPOSITORY.length)) ?? [];
    const at = join(ROOT, path);
    return kind === undefined || !existsSync(at) || statSync(at).isDirectory() !== (kind === 'tree');
  });
  expect(broken.map(shown)).toEqual([]);
});

describe('in the package', () => {
  let home = '';
  let packed: string[] = [];
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'links-'));
    packed = (await pack(home)).files.map(({ path }) => path);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('every relative link of a packed page leads to a packed file', () => {
    const links = RELATIVE.filter(({ file }) => packed.includes(file));
    expect(links.length).toBeGreaterThan(100);
    const broken = links.filter((link) => {
      const path = pathOf(link);
      return !packed.includes(path) && !packed.some((one) => one.startsWith(`${path}/`));
    });
    expect(broken.map(shown)).toEqual([]);
  });
});
