// Converts the schemas of the resources into components of one OpenAPI document.

/** Annotations that only the suite uses; `$schema` and `$id` would change the base of references. */
const OWN_KEYWORDS = new Set(['$schema', '$id', 'title', 'tsType', 'x-expected']);

const refTo = (title) => ({ $ref: `#/components/schemas/${title}` });

/**
 * Converts a schema into a component: references point to other components, and a place that another schema checks
 * refers to that schema.
 * @param titles by the schemas' file names
 */
function component(value, titles) {
  if (Array.isArray(value)) return value.map((item) => component(item, titles));
  if (typeof value !== 'object' || value === null) return value;
  const { description, tsType } = value;
  if ([...titles.values()].includes(tsType)) return { ...(description ? { description } : {}), ...refTo(tsType) };
  // Linters require `items` for an array of anything.
  const open = [value.type].flat().includes('array') && value.items === undefined ? { items: {} } : {};
  const members = Object.entries({ ...value, ...open }).filter(
    ([name, item]) => !OWN_KEYWORDS.has(name) || typeof item === 'object',
  );
  return Object.fromEntries(
    members.map(([name, item]) =>
      name === '$ref' ? ['$ref', refTo(titles.get(item)).$ref] : [name, component(item, titles)],
    ),
  );
}

const NOTIFIED = [
  ['OperationNotification', 'An operation has changed or has ended.', refTo('InviteParticipantsOperation')],
  ['RosterNotification', 'The participants of the call have changed.', { type: 'array', items: refTo('Participant') }],
  ['CallNotification', 'A call has changed or has ended.', refTo('Call')],
];

/** A notification of each kind, by the type of its resourceData; an envelope may contain several, of any kind. */
function notificationSchemas() {
  const kinds = NOTIFIED.map(([name, description, resourceData]) => [
    name,
    {
      description,
      allOf: [refTo('CommsNotification'), { type: 'object', required: ['resourceData'], properties: { resourceData } }],
    },
  ]);
  const items = { anyOf: NOTIFIED.map(([name]) => refTo(name)) };
  const Notifications = {
    description: 'One or more notifications of a call, of any kind.',
    allOf: [refTo('CommsNotifications'), { type: 'object', properties: { value: { type: 'array', items } } }],
  };
  return Object.fromEntries([['Notifications', Notifications], ...kinds]);
}

/** The names of the components that a part of the document refers to. */
function referred(part) {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
}

/**
 * The components that a document needs.
 * @param schemas the JSON Schemas of all resources, by name
 * @param others further components, by name
 * @param users the parts of the document that refer to them
 */
export function componentSchemas(schemas, others, users) {
  const titles = new Map(Object.entries(schemas).map(([name, { title }]) => [`${name}.schema.json`, title]));
  const all = {
    ...Object.fromEntries(Object.values(schemas).map((schema) => [schema.title, component(schema, titles)])),
    ...notificationSchemas(),
    ...others,
  };
  const needed = new Set();
  for (const pending = referred(users); pending.length > 0;) {
    const name = pending.pop();
    if (needed.has(name)) continue;
    if (!Object.hasOwn(all, name)) throw new Error(`no schema has the title ${name}`);
    needed.add(name);
    pending.push(...referred(all[name]));
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => needed.has(name)));
}

export const schemaRef = refTo;
