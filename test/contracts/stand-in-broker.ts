import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isObject, arrayMember, stringMember } from '../../history/values';

/**
 * A stand-in for a Pact Broker: the HAL resources that the recipes of docs/contracts.md use, kept in memory. It follows
 * the broker's documentation and the requests of Pact's tools, and was not compared with a real broker.
 */
export interface StandInBroker {
  url: string;
  /** The requests so far: method, path, and Authorization header. */
  asked: { method: string; path: string; authorization: string | undefined }[];
  close: () => Promise<void>;
}

interface Published {
  consumer: string;
  provider: string;
  version: string;
  pact: Record<string, unknown>;
  /** The last published result. */
  result?: { success: boolean; version: string };
}

async function jsonOf(req: IncomingMessage): Promise<unknown> {
  const body = await text(req);
  return body === '' ? undefined : (JSON.parse(body) as unknown);
}

/** @param token the Bearer token that every request must have */
export async function startStandInBroker(token: string): Promise<StandInBroker> {
  const pacts: Published[] = [];
  const asked: StandInBroker['asked'] = [];
  let url = '';

  const pathOf = ({ provider, consumer, version }: Published): string =>
    `/pacts/provider/${encodeURIComponent(provider)}/consumer/${encodeURIComponent(consumer)}/version/${version}`;

  function publish(body: unknown): unknown {
    const version = stringMember(body, 'pacticipantVersionNumber') ?? '';
    for (const contract of arrayMember(body, 'contracts') ?? []) {
      const pact: unknown = JSON.parse(Buffer.from(stringMember(contract, 'content') ?? '', 'base64').toString());
      if (!isObject(pact)) continue;
      const names = {
        consumer: stringMember(contract, 'consumerName') ?? '',
        provider: stringMember(contract, 'providerName') ?? '',
      };
      pacts.push({ ...names, version, pact });
    }
    return { notices: [], _embedded: { pacticipant: {}, version: {} }, _links: { self: { href: url } } };
  }

  /** The response to can-i-deploy: one row for each pact of the consumer's version. */
  function matrix(query: URLSearchParams): unknown {
    const rows = pacts.filter(
      ({ consumer, version }) => consumer === query.get('q[][pacticipant]') && version === query.get('q[][version]'),
    );
    const failed = rows.filter(({ result }) => result?.success === false).length;
    const unknown = rows.filter(({ result }) => result === undefined).length;
    const deployable = rows.length > 0 && failed === 0 && unknown === 0;
    return {
      summary: {
        deployable,
        reason: deployable ? 'All required verification results are published and successful' : 'Not all are',
        success: rows.length - failed - unknown,
        failed,
        unknown,
      },
      notices: [],
      matrix: rows.map(({ consumer, provider, version, result }) => ({
        consumer: { name: consumer, version: { number: version } },
        provider: { name: provider, ...(result ? { version: { number: result.version } } : { version: null }) },
        pact: { createdAt: '2026-01-01T00:00:00+00:00' },
        verificationResult: result ? { success: result.success } : null,
      })),
    };
  }

  async function answer(req: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { pathname, searchParams } = new URL(req.url ?? '/', url);
    const { authorization } = req.headers;
    asked.push({ method: req.method ?? '', path: pathname, authorization });
    if (authorization !== `Bearer ${token}`) return { status: 401, body: { error: 'Unauthorized' } };
    const body = await jsonOf(req);
    if (pathname === '/') {
      const latest = { href: `${url}/pacts/provider/{provider}/latest`, templated: true };
      const links = {
        'pb:publish-contracts': { href: `${url}/contracts/publish` },
        'pb:latest-provider-pacts': latest,
      };
      return { status: 200, body: { _links: links } };
    }
    if (req.method === 'POST' && pathname === '/contracts/publish') return { status: 201, body: publish(body) };
    if (pathname === '/matrix') return { status: 200, body: matrix(searchParams) };
    const [, provider] = /^\/pacts\/provider\/([^/]+)\/latest$/.exec(pathname) ?? [];
    if (provider !== undefined) {
      const of = pacts.filter((pact) => pact.provider === decodeURIComponent(provider));
      return { status: 200, body: { _links: { 'pb:pacts': of.map((pact) => ({ href: `${url}${pathOf(pact)}` })) } } };
    }
    const found = pacts.find((pact) => pathname.startsWith(pathOf(pact)));
    if (!found) return { status: 404, body: { error: 'No such pact' } };
    if (req.method === 'POST' && pathname.endsWith('/verification-results')) {
      found.result = {
        success: isObject(body) && body['success'] === true,
        version: stringMember(body, 'providerApplicationVersion') ?? '',
      };
      return { status: 201, body };
    }
    const results = { 'pb:publish-verification-results': { href: `${url}${pathOf(found)}/verification-results` } };
    return { status: 200, body: { ...found.pact, _links: results } };
  }

  const server = createServer((req, res) => {
    answer(req).then(
      ({ status, body }) => {
        res.writeHead(status, { 'Content-Type': 'application/hal+json' }).end(JSON.stringify(body));
      },
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
