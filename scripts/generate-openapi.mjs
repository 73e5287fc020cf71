// Writes schemas/openapi.json, the endpoint and its notifications as OpenAPI 3.1, from the schemas, the catalogue and
// the page's examples. With --check it writes nothing, and exits 1 if the committed file differs. Needs a build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { componentSchemas } from './openapi/components.mjs';
import { inviteItem } from './openapi/invite.mjs';
import { STATES_PATH, stateSchemas, statesItem } from './openapi/states.mjs';

const require = createRequire(import.meta.url);
const { areaOf, catalogOf } = require('../dist/behaviors/catalog.js');
const { EDITION, EDITIONS } = require('../dist/behaviors/edition.js');
const { originOf } = require('../dist/behaviors/source.js');
const { schemas } = require('../dist/schemas/resource-schemas.js');
const manifest = require('../package.json');

/** The file name of an edition's document; that of the default edition has no suffix. */
const nameOf = (edition) => `openapi${edition === EDITION ? '' : `-${edition}`}.json`;

/** The catalogue, which records the behaviours that the document has named. */
class Catalogue {
  #named = new Set();
  #behaviors;

  constructor(edition) {
    this.edition = edition;
    this.#behaviors = catalogOf(edition).behaviors;
    this.groupCallsOnly = this.#behaviors.some(({ id }) => id === 'request.group-calls-only');
  }

  idsOf(area) {
    return this.#behaviors.map(({ id }) => id).filter((id) => areaOf(id) === area);
  }

  named(ids) {
    return ids.flatMap((id) => {
      const found = this.#behaviors.find((one) => one.id === id);
      if (found === undefined && EDITIONS.some((edition) => catalogOf(edition).has(id))) return [];
      if (found === undefined) throw new Error(`no behaviour ${id}`);
      if (this.#named.has(id)) throw new Error(`${id} is named in two places`);
      this.#named.add(id);
      return found;
    });
  }

  /** The behaviours that no part has named so far. */
  rest() {
    return this.named(this.#behaviors.map(({ id }) => id).filter((id) => !this.#named.has(id)));
  }
}

/** The description of an edition. */
function documentOf(edition) {
  const paths = {
    '/communications/calls/{id}/participants/invite': inviteItem(new Catalogue(edition)),
    [STATES_PATH]: statesItem(edition),
  };
  const [page] = catalogOf(edition).behaviors.flatMap(({ source }) => originOf(source, edition).page ?? []);

  return {
    openapi: '3.1.0',
    info: {
      title: 'participant: invite',
      version: edition,
      summary: 'Invite participants to an active call, with the notifications that follow.',
      description: `The documented requirements of \`participant: invite\`, edition of ${edition}. \`x-behaviors\` names the documented behaviours that the conformance suite checks, each in one place. Unknown properties are allowed everywhere, and null means the same as absent.`,
      contact: { name: manifest.name, url: manifest.homepage },
      license: { name: manifest.license, identifier: manifest.license },
    },
    externalDocs: { description: 'The documentation', url: page.url },
    servers: [{ url: 'http://127.0.0.1:8080/v1.0', description: 'The base URL of an implementation.' }],
    tags: [
      { name: 'calls', description: 'The endpoint.' },
      { name: 'notifications', description: 'Requests of the service to the bot.' },
      { name: 'provider-states', description: 'Requests of the suite for calls and users.' },
    ],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: "An application's token with the permission for group calls. Delegated tokens are refused.",
        },
      },
      schemas: componentSchemas(schemas, stateSchemas(edition), paths),
    },
  };
}

for (const edition of EDITIONS) {
  const name = nameOf(edition);
  const file = fileURLToPath(new URL(`../schemas/${name}`, import.meta.url));
  const wanted = await format(JSON.stringify(documentOf(edition)), { parser: 'json', printWidth: 120 });
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
    console.error(`schemas/${name} is stale; renew it with: npm run generate`);
    process.exitCode = 1;
  }
}
