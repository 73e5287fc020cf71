import type { ServerResponse } from 'node:http';
import { driftCommand, pageReadCommand } from '../../page';
import { pageSource } from '../../page/page-source';
import { EnvironmentError, UsageError } from '../../target/errors';
import { rejection } from '../support/rejection';
import { deserted, servers } from '../target/servers';
import { madeUpPage } from './made-up-page';

const { markdown } = madeUpPage();
const { http } = servers();
const PATIENT = { timeoutMs: 20_000, cap: 1024 * 1024 };

/** A server of one page. @returns its URL, with a token in its query like that of a private file */
async function serving(answer: (res: ServerResponse) => void): Promise<string> {
  return `${await http((_req, res) => answer(res))}/page.md?token=of-a-private-file`;
}

/** Sends a text a few characters at a time, each piece once the one before is on its way. */
function trickle(res: ServerResponse, text: string): void {
  if (text === '') res.end();
  else res.write(text.slice(0, 7), () => trickle(res, text.slice(7)));
}

/** The error of a page that can't be read. */
async function refused(url: string, bounds = PATIENT): Promise<EnvironmentError> {
  const error = await rejection(EnvironmentError, pageSource(url, bounds));
  expect(error.message).not.toContain('of-a-private-file');
  expect(error.advice).toContain('curl');
  return error;
}

test('a page that arrives in many small pieces is read like a file', async () => {
  const url = await serving((res) => trickle(res, markdown));
  expect(await pageSource(url, PATIENT)).toBe(markdown);
  expect((await pageReadCommand(url)).text).toContain('robot: call in');
});

test('a redirect is followed', async () => {
  const to = await serving((res) => res.end(markdown));
  const from = await serving((res) => res.writeHead(302, { Location: to }).end());
  expect(await pageSource(from, PATIENT)).toBe(markdown);
});

test('a page that arrives byte by byte ends at the deadline; the message names the limits of time and size', async () => {
  const url = await serving((res) => {
    const timer = setInterval(() => res.write('a'), 10);
    res.on('close', () => clearInterval(timer));
  });
  expect((await refused(url, { timeoutMs: 300, cap: 5000 })).message).toMatch(
    /^can't read the page http:.*\/page\.md: it did not end in time, \d+ bytes arrived; the limits are 300 ms and 5000 bytes$/,
  );
});

test('a missing response ends at the deadline too', async () => {
  const url = await serving(() => undefined);
  expect((await refused(url, { timeoutMs: 300, cap: 5000 })).message).toMatch(
    /in time, 0 bytes arrived; the limits are 300 ms/,
  );
});

test('an endless page ends at the limit of its size', async () => {
  const url = await serving((res) => {
    const more = (): boolean => res.destroyed || res.write('a'.repeat(1000), more);
    more();
  });
  expect((await refused(url, { timeoutMs: 20_000, cap: 5000 })).message).toMatch(
    /: it is too long; the limits are 20000 ms and 5000 bytes$/,
  );
});

test.each<[string, (res: ServerResponse) => void, RegExp]>([
  ['status 404', (res) => res.writeHead(404).end('404: Not Found'), /the response has status 404$/],
  ['text that is not UTF-8', (res) => res.end(Buffer.from([0x23, 0x20, 0xe9, 0x0a])), /it is not UTF-8$/],
  ['a connection that breaks', (res) => res.write('# a', () => res.destroy()), /can't read the page/],
])('%s', async (_name, answer, why) => {
  expect((await refused(await serving(answer))).message).toMatch(why);
});

test('a URL without a server, and an invalid URL', async () => {
  expect((await refused(`${await deserted()}/page.md`)).message).toMatch(/\/page\.md: ECONNREFUSED$/);
  await expect(pageSource('https://')).rejects.toBeInstanceOf(UsageError);
});

test('HTML that is not a page of the API: the message names the form of the URL of the source', async () => {
  const long = `<!DOCTYPE html>\n<html lang="en-us"><body><h1>Sign in</h1><script>${'x'.repeat(30_000)}</script></body></html>`;
  const url = await serving((res) => res.setHeader('Content-Type', 'text/html').end(long));
  const drifts = driftCommand(url);
  await expect(drifts).rejects.toBeInstanceOf(UsageError);
  await expect(drifts).rejects.toThrow(
    /\/page\.md: .*it is HTML with no request in an HTTP fence; .*https:\/\/raw\.githubusercontent\.com\/microsoftgraph\/microsoft-graph-docs-contrib\/main\/api-reference\//,
  );
  await expect(drifts).rejects.not.toThrow('of-a-private-file');
});
