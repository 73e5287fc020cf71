// The contracts column of the kill matrix: verifies the project's own contract against the mock with a fault or a
// variant.
//
// A rule decides which faults a bot could notice. A bot depends on what its contract names: statuses, headers and
// members of bodies. So a bot can notice a fault if an interaction that covers the fault's behaviour gets, in these
// parts, something else than from the mock without a fault; ids that are new each time do not count. Each such fault
// must fail an interaction, however loose its matchers are; each variant must pass all of them. A throttled interaction
// closes the gate without a statement about the target: it does not count.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { embeddedMock } = require('../dist/api/embedded-mock.js');
const { contractLines } = require('../dist/reporters/wording/contract-text.js');
const { DEFAULTS } = require('../dist/schemas/options.js');
const { ownInteractions, startVerifier, verifierDeadline, verifyContracts } = require('../dist/contracts/index.js');

const FAULT_TIME = 3000;
const VARIANT_TIME = 10_000;
const interactions = ownInteractions();
/** The behaviours that the contract covers. */
const COVERED = new Set(interactions.flatMap(({ covers }) => covers));

/** The records that the contract is verified with: every variant, and the faults of the behaviours that it covers. */
export function verifiedWith(records) {
  return records.filter(({ behavior }) => behavior === undefined || COVERED.has(behavior));
}

/** The records for each check: every variant, and the first fault of each behaviour that the contract covers. */
export function sampleOf(records) {
  const isFirst = ({ behavior }, i, all) => all.findIndex((other) => other.behavior === behavior) === i;
  return verifiedWith(records).filter((one, i, all) => one.behavior === undefined || isFirst(one, i, all));
}

/** The short name of an interaction in the column. */
const shortOf = (name) => name.split(':')[0];

/** Replaces ids by their names, and the mock's host and port. */
function steady(text, ids) {
  let steadied = text.replaceAll(/127\.0\.0\.1:\d+/g, '{host}');
  for (const [name, id] of Object.entries(ids)) if (id !== '') steadied = steadied.replaceAll(id, `{${name}}`);
  return steadied.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{another id}');
}

/**
 * The part of a value that an example names: its members, and for a list those of each entry. Null is equal to absent.
 */
function named(example, value) {
  if (Array.isArray(example) && Array.isArray(value))
    return value.map((entry, i) => named(example[i] ?? example[0], entry));
  const isObject = (one) => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isObject(example) || !isObject(value)) return value ?? null;
  return Object.fromEntries(Object.keys(example).map((key) => [key, named(example[key], value[key])]));
}

/** The part of a message that an interaction names, as text. */
function partOf({ alone, contents }, seen) {
  if (!seen) return 'nothing';
  const [{ response, metadata }] = alone.interactions;
  const headers = Object.keys(response?.headers ?? metadata ?? {}).map(
    (name) => seen.headers[name] ?? seen.headers[name.toLowerCase()] ?? null,
  );
  const body = named(response ? response.body.content : contents, seen.body);
  return steady(JSON.stringify({ status: seen.status, headers, body }), seen.ids);
}

/**
 * Verifies the contract against many mocks, one after the other, with one Verifier.
 * @returns a function that verifies one mock, and one that ends the Verifier
 */
export function contractTrials() {
  const verifier = startVerifier({ timeoutMs: verifierDeadline(VARIANT_TIME) });

  async function verified(options, timeoutMs) {
    const mock = await embeddedMock(options);
    const seen = new Map();
    const witness = ({ name }, what) => seen.set(name, what);
    try {
      const context = { disposable: true, verifier, witness };
      const results = await verifyContracts({ ...DEFAULTS, ...mock.access, timeoutMs }, context);
      const parts = new Map(interactions.map((one) => [one.name, partOf(one, seen.get(one.name))]));
      return { results, parts };
    } finally {
      await mock.close();
    }
  }

  let healthy;
  const told = (one) => `${shortOf(one.interaction)}: ${contractLines(one).join('; ')}`;

  async function ofFault({ id, behavior, also = [] }) {
    healthy ??= verified({}, VARIANT_TIME);
    const { parts: expected } = await healthy;
    const { results, parts } = await verified({ faults: [id] }, FAULT_TIME);
    const failed = results.filter(({ result }) => result === 'failed');
    const throttled = new Set(
      results.filter(({ reason }) => reason?.why === 'throttled').map((one) => one.interaction),
    );
    const differs = interactions.filter(
      ({ name, covers }) => covers.includes(behavior) && !throttled.has(name) && parts.get(name) !== expected.get(name),
    );
    const known = new Set([behavior, ...also]);
    const unrelated = failed.filter(({ behaviors }) => !behaviors.some((one) => known.has(one)));
    return {
      failed: failed.map(({ interaction }) => shortOf(interaction)),
      noticeable: differs.length > 0,
      seen: failed.map(told),
      wrong: [
        ...(differs.length > 0 && failed.length === 0
          ? differs.map(({ name }) => `contract ${shortOf(name)} got ${parts.get(name)} and does not fail`)
          : []),
        ...unrelated.map((one) => `contract ${told(one)} is attributed to ${one.behaviors.join(', ') || 'nothing'}`),
      ],
    };
  }

  async function ofVariant({ id }) {
    const { results } = await verified({ variants: [id] }, VARIANT_TIME);
    const bad = results.filter(({ result }) => result !== 'passed');
    return {
      failed: bad.map(({ interaction }) => shortOf(interaction)),
      noticeable: false,
      seen: bad.map(told),
      wrong: bad.map((one) => `contract ${told(one)}`),
    };
  }

  return {
    try: (record) =>
      ('behavior' in record ? ofFault(record) : ofVariant(record)).catch(({ message }) => ({
        failed: [],
        noticeable: false,
        seen: [],
        wrong: [`the contracts could not be verified: ${message}`],
      })),
    close: () => verifier.close(),
  };
}
