import { stringify } from 'yaml';
import { UsageError } from '../common/errors';
import { baseUrl, urlWithQuery } from '../common/urls';
import { openApi } from '../schemas/openapi';
import type { OpenApiFlags } from './flags';
import { editionFrom } from './options';
import { printOutput } from './output';

/** Readers of YAML 1.1 take an edition for a date, unless it is quoted. */
const YAML = { aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/** A URL as the document can name it: braces would be a variable there. */
function named(url: string, flag: string): string {
  if (/[{}]/.test(url)) throw new UsageError(`${flag} must not contain { or }: OpenAPI uses them for variables`);
  return url;
}

/** A path of OpenAPI has no query. */
function withoutQuery(states: string): string {
  const url = urlWithQuery(states, '--states');
  if (url.includes('?')) throw new UsageError('--states must not contain a query (?…): a path in OpenAPI has none');
  return url;
}

/** `openapi`: the description, with the addresses that are named. @throws UsageError for what is not such a URL */
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
