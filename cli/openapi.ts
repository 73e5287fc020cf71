import { stringify } from 'yaml';
import { UsageError } from '../common/errors';
import { baseUrl, urlWithQuery } from '../common/urls';
import { openApi } from '../schemas/openapi';
import type { OpenApiFlags } from './flags';
import { editionFrom } from './options';
import { printOutput } from './output';

/** YAML 1.1 parsers read an unquoted edition as a date. */
const YAML = { aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/** Checks that a URL can be part of the document, where braces would be a variable. */
function named(url: string, flag: string): string {
  if (/[{}]/.test(url)) throw new UsageError(`${flag} must not contain { or }: OpenAPI uses them for variables`);
  return url;
}

/** Checks that a states URL has no query, which a path in OpenAPI can't have. */
function withoutQuery(states: string): string {
  const url = urlWithQuery(states, '--states');
  if (url.includes('?')) throw new UsageError('--states must not contain a query (?…): a path in OpenAPI has none');
  return url;
}

/** `openapi`: prints the description, with the given addresses. @throws UsageError for an invalid URL */
export function openapi(flags: OpenApiFlags): number {
  const { yaml = false, target, states, callbackUrl } = flags;
  const addresses = {
    ...(target === undefined ? {} : { target: named(baseUrl(target, '--target'), '--target') }),
    ...(states === undefined ? {} : { states: named(withoutQuery(states), '--states') }),
    ...(callbackUrl === undefined
      ? {}
      : { callbackUrl: named(urlWithQuery(callbackUrl, '--callback-url'), '--callback-url') }),
  };
  const document = openApi(addresses, editionFrom(flags));
  printOutput(yaml ? stringify(document, YAML) : `${JSON.stringify(document, null, 2)}\n`);
  return 0;
}
