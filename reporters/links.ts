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
