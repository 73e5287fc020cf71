import { parse } from 'yaml';
import type { OpenApiFlags } from '../../cli/flags';
import { openapi } from '../../cli/openapi';
import { UsageError } from '../../common/errors';
import { openApi } from '../../schemas/openapi';
import document from '../../schemas/openapi.json';
import { printed } from './printed';

const INVITE = '/communications/calls/{id}/participants/invite';

test('writes the document that the package exports, as JSON', () => {
  expect(JSON.parse(printed(() => openapi({})))).toEqual(document);
});

test('writes the same as YAML, also for a YAML 1.1 reader, which recognises dates', () => {
  const text = printed(() => openapi({ yaml: true }));
  expect(parse(text)).toEqual(document);
  expect(parse(text, { version: '1.1' })).toEqual(document);
  // Some readers refuse aliases and tags.
  expect(text).not.toMatch(/^[^"']*: [&*!]\w/m);
});

/** All URLs in the document: the server, the states endpoint and the callbacks. */
function urls(flags: OpenApiFlags): { server: string; states: string; callbacks: string[] } {
  const { servers, paths } = JSON.parse(printed(() => openapi(flags))) as typeof document;
  const { [INVITE]: invite, ...others } = paths;
  const [[path, item] = ['', undefined]] = Object.entries(others);
  const called = Object.values(invite.post.callbacks).flatMap((one) => Object.keys(one));
  return { server: servers[0]?.url ?? '', states: `${item?.servers[0]?.url}${path}`, callbacks: called };
}

test('names the given addresses', () => {
  const target = 'https://calls.example.org/graph/v1.0/';
  const states = 'http://127.0.0.1:8081/_states';
  const callbackUrl = 'http://127.0.0.1:9000/api/calls?key=1';
  expect(urls({ target, states, callbackUrl })).toEqual({
    server: 'https://calls.example.org/graph/v1.0',
    states,
    callbacks: Array(3).fill(callbackUrl),
  });
});

test('without addresses, the document names only this machine', () => {
  const own = {
    server: 'http://127.0.0.1:8080/v1.0',
    states: 'http://127.0.0.1:8080/provider-states',
    callbacks: Array(3).fill('http://127.0.0.1:3978/api/calls'),
  };
  expect(urls({ target: 'http://[::1]:1/v1.0' })).toEqual({ ...own, server: 'http://[::1]:1/v1.0' });
  expect(urls({ states: 'http://127.0.0.1:2' })).toEqual({ ...own, states: 'http://127.0.0.1:2/' });
  expect(urls({ callbackUrl: 'http://127.0.0.1:3/' })).toMatchObject({ server: own.server, states: own.states });
  expect(openApi()).toEqual(document);
});

test.each<[OpenApiFlags, string]>([
  [{ target: 'calls.example.org' }, '--target must be a URL'],
  [{ target: 'http://127.0.0.1/v1.0?key=1' }, '--target must not contain a query'],
  [{ target: 'http://127.0.0.1/{version}' }, '--target must not contain { or }'],
  [{ states: 'ftp://127.0.0.1/states' }, '--states must be an http or https URL'],
  [{ states: 'http://127.0.0.1/states?key=1' }, '--states must not contain a query'],
  [{ states: 'http://me:secret@127.0.0.1/states' }, '--states must not contain a user name or password'],
  [{ callbackUrl: 'http://127.0.0.1/#here' }, '--callback-url must not contain a fragment'],
  [{ callbackUrl: 'http://127.0.0.1/{$request.body#/callbackUri}' }, '--callback-url must not contain'],
])('%j is refused: %s', (flags, message) => {
  expect(() => openapi(flags)).toThrow(UsageError);
  expect(() => openapi(flags)).toThrow(message);
});
