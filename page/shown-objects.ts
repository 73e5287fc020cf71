import { isObject, stringMember } from '../history/values';
import { memberPath } from '../common/json-path';
import type { Message } from './page';

/** An object on the page, with its place and declared type. */
export interface ShownObject {
  message: Message;
  path: string;
  type: string | undefined;
  value: Record<string, unknown>;
  /** The type of the nearest enclosing object that declares one, and the path from there, without indexes. */
  within: string;
}

/** Every object in a message's body. */
export function objectsOf(message: Message): ShownObject[] {
  const objects: ShownObject[] = [];
  const pending: { value: unknown; path: string; within: string }[] = [
    { value: message.body?.value, path: '$', within: message.role },
  ];
  for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
    const { value, path, within } = at;
    if (Array.isArray(value)) {
      value.forEach((item: unknown, i) => pending.push({ value: item, path: `${path}[${i}]`, within }));
    } else if (isObject(value)) {
      const type = stringMember(value, '@odata.type');
      objects.push({ message, path, type, value, within });
      for (const [name, item] of Object.entries(value)) {
        const here = type === undefined ? within : `${message.role} ${type}`;
        pending.push({ value: item, path: memberPath(path, name), within: `${here}.${name}` });
      }
    }
  }
  return objects;
}

/** The line of a path in a message's body. */
export function lineOf({ body, lines }: Message, path: string): number {
  return body?.members.find((member) => member.path === path)?.line ?? lines.first;
}
