import { check, schemaNames, type SchemaName } from '../schemas';
import { arrayMember, member, stringMember } from '../history/values';
import { onLine, type PageFinding } from './page-finding';
import type { Lines, Message } from './page';
import { isRelatedType } from './related-types';

/** The schemas that a message was checked against, or why there were none. */
export interface SchemaCheck {
  lines: Lines;
  role: Message['role'];
  schemas: SchemaName[];
  /** Present if there were none. */
  why?: string;
}

/** A part of a message, and its schema. */
interface Held {
  schema: SchemaName;
  path: string;
  value: unknown;
}

/** Checks a message's body against the schemas of its resources. */
export function checkAgainstSchemas(
  message: Message,
  isInvitation: boolean,
): { findings: PageFinding[]; holding: SchemaCheck } {
  const { lines, role, body } = message;
  const nothing = (why: string): { findings: PageFinding[]; holding: SchemaCheck } => ({
    findings: [],
    holding: { lines, role, schemas: [], why },
  });
  if (!body) return nothing('it has no body');
  if (!body.isJson) return nothing('its body is not JSON');
  const all = heldParts(message, isInvitation);
  if (all.length === 0) return nothing('there is no schema of what it shows');
  const findings = all.flatMap(({ schema, path, value }) =>
    check(schema, value).flatMap((violation): PageFinding[] => {
      const where = `${path}${violation.path.slice(1)}`;
      const at = body.members.find((one) => one.path === where);
      if (!at && isShortened(message)) return [];
      const { expected, found } = violation;
      if (isRelatedType(where, violation.value, violation.allowed ?? [])) return [];
      const seen = `${where} is ${found}`;
      return [
        { rule: `schema ${schema}`, lines: at ? onLine(at.line) : lines, expected: `${where} is ${expected}`, seen },
      ];
    }),
  );
  return { findings, holding: { lines, role, schemas: [...new Set(all.map(({ schema }) => schema))] } };
}

/** Whether the annotation has `"truncated": true`, possibly as a string. */
export function isShortened({ annotation }: Message): boolean {
  return String(annotation?.value['truncated']) === 'true';
}

/** The values that a schema allows at a place of a message; empty if the message satisfies it, or it lists no values. */
export function allowedAt(message: Message, path: string): readonly unknown[] {
  const broken = heldParts(message, false).flatMap((part) =>
    check(part.schema, part.value).map((one) => ({ path: `${part.path}${one.path.slice(1)}`, allowed: one.allowed })),
  );
  return broken.find((one) => one.path === path)?.allowed ?? [];
}

function heldParts({ role, body, annotation, status = 200 }: Message, isInvitation: boolean): Held[] {
  const value = body?.value;
  if (role === 'request' && isInvitation) return [{ schema: 'invitation-request', path: '$', value }];
  if (role === 'response' && status >= 400) return [{ schema: 'odata-error', path: '$', value }];
  if (role === 'notification') {
    const items = arrayMember(value, 'value') ?? [];
    const data = items.flatMap((item, i) => dataOf(member(item, 'resourceData'), `$.value[${i}].resourceData`));
    return [{ schema: 'comms-notifications', path: '$', value }, ...data];
  }
  const declared = annotation?.value['@odata.type'];
  const own = schemaOf(typeof declared === 'string' ? declared : stringMember(value, '@odata.type'));
  if (!own) return [];
  const collection = arrayMember(value, 'value');
  if (!collection) return [{ schema: own, path: '$', value }];
  return collection.map((item, i) => ({ schema: own, path: `$.value[${i}]`, value: item }));
}

function dataOf(data: unknown, path: string): Held[] {
  if (Array.isArray(data)) return data.flatMap((item: unknown, i) => dataOf(item, `${path}[${i}]`));
  const schema = schemaOf(stringMember(data, '@odata.type'));
  return schema ? [{ schema, path, value: data }] : [];
}

/** The schema of a type such as `#microsoft.graph.inviteParticipantsOperation`, possibly in a collection. */
function schemaOf(type: string | undefined): SchemaName | undefined {
  const name = /([A-Za-z]+)\)?$/.exec(type ?? '')?.[1] ?? '';
  const file = name.replace(/(?<=[a-z])[A-Z]/g, (capital) => `-${capital}`).toLowerCase();
  return schemaNames.find((known) => known === file);
}
