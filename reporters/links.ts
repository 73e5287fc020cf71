/** Where the project's files are read. */
export const REPOSITORY = 'https://github.com/invite-conformance/invite-conformance/blob/main/';

/** The page about a behaviour, within the repository. */
export function docsPath(id: string): string {
  return `docs/behaviors/${encodeURIComponent(id)}.md`;
}

/** The page about a behaviour. */
export function docsUrl(id: string): string {
  return `${REPOSITORY}${docsPath(id)}`;
}
