import { stringMember } from '../history/values';
import { memberPath } from '../common/json-path';
import { onLine, type PageFinding } from './page-finding';
import type { Message, Page } from './page';
import { areRelated, derivesFrom } from './related-types';
import { lineOf, objectsOf, type ShownObject } from './shown-objects';

/** Finds contradictions between the examples of a page; each may be correct by itself. */
export function inconsistencies(page: Page): PageFinding[] {
  const messages = page.examples.flatMap(({ request, responses, notifications }) => [
    request,
    ...responses,
    ...notifications,
  ]);
  const objects = messages.flatMap(objectsOf);
  return [
    ...statusCasing(objects),
    ...typesOfOnePlace(objects),
    ...keysThatAreNull(objects),
    ...twoResources(objects),
    ...nullOrAbsent(objects),
    ...messages.flatMap(contentLength),
    ...messages.flatMap(annotatedType),
  ];
}

/** The lines of some members, and the range that contains them. */
function places(all: readonly { object: ShownObject; member: string }[]): {
  lines: number[];
  finding: PageFinding['lines'];
} {
  const lines = all.map(({ object, member }) => lineOf(object.message, memberPath(object.path, member)));
  return {
    lines,
    finding: {
      first: lines.reduce((a, b) => Math.min(a, b), Infinity),
      last: lines.reduce((a, b) => Math.max(a, b), 0),
    },
  };
}

function statusCasing(objects: readonly ShownObject[]): PageFinding[] {
  const all = objects.flatMap((object) => {
    const status = /operation$/i.test(object.type ?? '') ? stringMember(object.value, 'status') : undefined;
    return status === undefined || status === '' ? [] : [{ object, status, member: 'status' }];
  });
  const upper = all.find(({ status }) => /^\p{Lu}/u.test(status));
  const lower = all.find(({ status }) => /^\p{Ll}/u.test(status));
  if (!upper || !lower) return [];
  return [
    {
      rule: 'status casing',
      lines: places([upper, lower]).finding,
      expected: 'all statuses of operations have the same casing',
      seen: `status is ${JSON.stringify(upper.status)} in one example and ${JSON.stringify(lower.status)} in another`,
      contradiction: 'status-casing',
    },
  ];
}

/** Finds places with different types. `resourceData` is excluded: its type depends on the notification. */
function typesOfOnePlace(objects: readonly ShownObject[]): PageFinding[] {
  const groups = grouped(
    objects.filter(
      ({ type, within }) => type !== undefined && within.includes('.') && !within.endsWith('.resourceData'),
    ),
    ({ within }) => within,
  );
  return [...groups].flatMap(([within, all]): PageFinding[] => {
    const [first] = all;
    const isInfo = /participant\.info$/.test(within);
    // Derived types may share a place, but two types in rosters are a contradiction of the catalogue.
    const other = all.find(
      ({ type }) => type !== first?.type && (isInfo || !areRelated(type ?? '', first?.type ?? '')),
    );
    if (!first || !other) return [];
    const type = '@odata.type';
    const finding: PageFinding = {
      rule: 'types of one place',
      lines: places([first, other].map((object) => ({ object, member: type }))).finding,
      expected: `${within} always has the same type`,
      seen: `it is typed ${first.type} in one example and ${other.type} in another`,
    };
    const known = isInfo && areRelated(first.type ?? '', other.type ?? '');
    return [known ? { ...finding, contradiction: 'roster-info-type' } : finding];
  });
}

/** Entities of the metadata that these pages show; their key is id. */
const ENTITY = /^#microsoft\.graph\.(?:participant|call)$/;

function keysThatAreNull(objects: readonly ShownObject[]): PageFinding[] {
  const all = objects.filter(({ type, value }) => ENTITY.test(type ?? '') && value['id'] === null);
  if (all.length === 0) return [];
  const { lines, finding } = places(all.map((object) => ({ object, member: 'id' })));
  return [
    {
      rule: 'keys',
      lines: finding,
      expected: 'the id of an entity is its key (linked: metadata)',
      seen: `id is null on line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`,
      contradiction: 'participant-id-null',
    },
  ];
}

function twoResources(objects: readonly ShownObject[]): PageFinding[] {
  const all = objects.flatMap((object) => {
    const [resource, resourceUrl] = [stringMember(object.value, 'resource'), stringMember(object.value, 'resourceUrl')];
    return resource === undefined || resourceUrl === undefined || resource === resourceUrl
      ? []
      : [{ object, member: 'resource', resource, resourceUrl }];
  });
  const [first] = all;
  if (!first) return [];
  const { finding } = places(all);
  return [
    {
      rule: 'resource and resourceUrl',
      lines: finding,
      expected: 'resource and resourceUrl of a notification name one resource by one path',
      seen: `resource is ${first.resource}, resourceUrl ${first.resourceUrl}; ${all.length} notifications differ like this`,
      contradiction: 'resource-prefix',
    },
  ];
}

function nullOrAbsent(objects: readonly ShownObject[]): PageFinding[] {
  const groups = grouped(objects, ({ within, type }) => `${within} ${type ?? ''}`);
  const all = [...groups.values()].flatMap((alike) =>
    alike.flatMap((object) =>
      Object.keys(object.value).flatMap((member) => {
        const padded = object.value[member] === null && alike.some(({ value }) => !Object.hasOwn(value, member));
        return padded ? [{ object, member }] : [];
      }),
    ),
  );
  if (all.length === 0) return [];
  const { finding } = places(all);
  const names = [...new Set(all.map(({ member }) => member))];
  return [
    {
      rule: 'null or absent',
      lines: finding,
      expected: 'a property that is null in one example is present in all others',
      seen: `${names.join(', ')}: null in one example, absent in another`,
      contradiction: 'null-padding',
    },
  ];
}

function contentLength({ headers, body }: Message): PageFinding[] {
  const header = headers.find(({ name }) => name === 'content-length');
  if (!header || !body) return [];
  const forms = [body.text, body.text.replace(/\n/g, '\r\n'), ...(body.isJson ? [JSON.stringify(body.value)] : [])];
  const lengths = forms.map((form) => Buffer.byteLength(form));
  // Some tools count a line break after the body.
  if (lengths.some((length) => [0, 1, 2].includes(Number(header.value) - length))) return [];
  return [
    {
      rule: 'content-length',
      lines: onLine(header.line),
      expected: `Content-Length is the length of the body: ${[...new Set(lengths)].join(', ')} bytes, depending on its formatting`,
      seen: `Content-Length is ${header.value}`,
      contradiction: 'content-length-464',
    },
  ];
}

function annotatedType({ annotation, body }: Message): PageFinding[] {
  const declared = annotation?.value['@odata.type'];
  const shown = stringMember(body?.value, '@odata.type');
  if (!annotation || typeof declared !== 'string' || shown === undefined) return [];
  if (/^collection\(/i.test(declared) || derivesFrom(shown, declared)) return [];
  return [
    {
      rule: 'annotated type',
      lines: annotation.lines,
      expected: `the body has the type in the annotation: ${declared}`,
      seen: `@odata.type is ${shown}`,
    },
  ];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
