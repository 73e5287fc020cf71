import { BEHAVIORS } from '../behaviors/catalog';
import { packageFile } from '../history/package-file';

/** Where the project's files are read: by the homepage that package.json names, the one place to change in a copy. */
export const REPOSITORY: string = new URL('.', packageFile().homepage).href;

/** The page about a behaviour, within the repository. */
export function docsPath(id: string): string {
  return `docs/behaviors/${encodeURIComponent(id)}.md`;
}

/** The page about a behaviour. */
export function docsUrl(id: string): string {
  return `${REPOSITORY}${docsPath(id)}`;
}

const GRAPH = 'https://learn.microsoft.com/en-us/graph';

/** Pages that the documentation links to and behaviours come from; other names are those of resources. */
const LINKED: Record<string, string> = {
  errors: `${GRAPH}/errors`,
  'resolve-auth-errors': `${GRAPH}/resolve-auth-errors`,
  'call-delete': `${GRAPH}/api/call-delete`,
};

/** Where the public documentation that a behaviour comes from is read. */
export function documentationUrl(id: string): string {
  const source = BEHAVIORS.find((one) => one.id === id)?.source;
  const [linked = ''] = (source && !('lines' in source) ? source.linked : '').split(', ');
  if (linked === 'metadata') return 'https://graph.microsoft.com/v1.0/$metadata';
  const page = LINKED[linked];
  if (page !== undefined) return page;
  return /^[A-Za-z]+$/.test(linked)
    ? `${GRAPH}/api/resources/${linked.toLowerCase()}`
    : `${GRAPH}/api/participant-invite`;
}
