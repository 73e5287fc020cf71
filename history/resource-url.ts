import { segmentsOf } from './odata-path';

/** The resource that a `resourceUrl` names. */
export interface Resource {
  callId: string;
  part: 'call' | 'operation' | 'participants' | 'other';
  /** For an operation: its id. */
  id?: string;
  /**
   * True for the documented forms: `/communications/…`, `/app/…`, or an absolute URL that ends in one of them;
   * equivalent OData notations count as well.
   */
  documented: boolean;
}

function isPrefix(segment: string | undefined): boolean {
  return /^(communications|app)$/i.test(segment ?? '');
}

/** The longest URL that can name a resource, in characters. */
const LONGEST = 4096;

/**
 * Parses a `resourceUrl`. Resource names are case-insensitive, ids are not (linked: call-api); the accepted prefixes
 * are a reading of a contradiction of the page (behaviors/contradictions).
 * @returns undefined if it names no call
 */
export function parseResource(resourceUrl: string): Resource | undefined {
  if (resourceUrl.length > LONGEST || /[?#]/.test(resourceUrl)) return undefined;
  const absolute = /^https?:\/\/[^/]+/i.exec(resourceUrl)?.[0];
  const segments = segmentsOf(resourceUrl.slice(absolute?.length ?? 0));
  // The path before the documented part may have a segment of the same name.
  const is = (i: number): boolean => segments[i]?.toLowerCase() === 'calls';
  const documentedAt = segments.findIndex((_, i) => is(i) && isPrefix(segments[i - 1]));
  const at = documentedAt === -1 ? segments.findIndex((_, i) => is(i)) : documentedAt;
  const callId = segments[at + 1];
  if (at === -1 || callId === undefined || callId === '') return undefined;
  const rooted = absolute !== undefined || (at === 2 && segments[0] === '');
  const documented = rooted && documentedAt !== -1;
  const [name = '', id, ...rest] = segments.slice(at + 2);
  const resource: Resource = { callId, part: 'other', documented };
  if (segments.length === at + 2) resource.part = 'call';
  else if (name.toLowerCase() === 'participants' && id === undefined) resource.part = 'participants';
  else if (name.toLowerCase() === 'operations' && id !== undefined && id !== '' && rest.length === 0) {
    resource.part = 'operation';
    resource.id = id;
  }
  return resource;
}
