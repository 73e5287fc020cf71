import { packageFile } from '../history/package-file';

/** The base URL of the project's files: the homepage in package.json, which is the one place to change in a fork. */
export const REPOSITORY: string = new URL('.', packageFile().homepage).href;

/** The path of the page about a behaviour, within the repository. */
function docsPath(id: string): string {
  return `docs/behaviors/${encodeURIComponent(id)}.md`;
}

/** The URL of the page about a behaviour. */
export function docsUrl(id: string): string {
  return `${REPOSITORY}${docsPath(id)}`;
}
