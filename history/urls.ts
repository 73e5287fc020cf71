const MASK = '[redacted]';

/**
 * A URL for display: without user name and password, and without the values of its query, which may be keys. A text
 * that is not a URL is shown up to its first `?`.
 */
export function shownUrl(url: string): string {
  const bare = url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, `$1${MASK}@`);
  const [, before = bare, query, after = ''] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(bare) ?? [];
  if (query === undefined) return bare;
  const shown = query.split('&').map((pair) => (pair.includes('=') ? pair.replace(/=.*$/s, `=${MASK}`) : MASK));
  return `${before}?${query === '' ? '' : shown.join('&')}${after}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/**
 * Masks the query values of configured URLs, such as `?code=…`, where they occur as parameters of a URL in any text.
 * @param urls the configured URLs
 */
export function queryValuesMasked(urls: readonly string[]): (text: string) => string {
  const pairs = urls
    .flatMap((url) => /\?([^#]*)/s.exec(url)?.[1]?.split('&') ?? [])
    .filter((pair) => pair.includes('='));
  const patterns = [...new Set(pairs)].map((pair) => {
    const [name = ''] = pair.split('=');
    const value = escaped(pair.slice(name.length + 1));
    return new RegExp(String.raw`([?&]|&amp;|\\u0026)(${escaped(name)}=)${value}(?![^&#"'\s<>\\])`, 'g');
  });
  return (text) => patterns.reduce((clean, pattern) => clean.replace(pattern, `$1$2${MASK}`), text);
}
