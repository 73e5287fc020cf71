/** What a `resourceUrl` names. */
export interface Resource {
  callId: string;
  part: 'call' | 'operation' | 'participants' | 'other';
  /** With part `operation`: its id. */
  id?: string;
  /** True for the documented forms: `/communications/…`, `/app/…`, or an absolute URL that ends in one of them. */
  documented: boolean;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Reads a `resourceUrl`. Names of resources are compared without regard to case, ids keep theirs (linked: call-api);
 * the prefixes that count are the page's reading of its own contradiction (behaviors/contradictions).
 * @returns undefined where it names no call
 */
export function parseResource(resourceUrl: string): Resource | undefined {
  const absolute = /^https?:\/\/[^/?#]+(\/[^?#]*)$/i.exec(resourceUrl);
  const path = absolute?.[1] ?? resourceUrl;
  const found = /^(.*?)\/?\b(calls)\/([^/?#]+)((?:\/[^/?#]+)*)$/i.exec(path);
  if (!found) return undefined;
  const [, before = '', , callId = '', after = ''] = found;
  const prefix = absolute ? /(^|\/)(communications|app)$/i : /^\/(communications|app)$/i;
  const rest = after.split('/').slice(1).map(decode);
  const resource: Resource = { callId: decode(callId), part: 'other', documented: prefix.test(before) };
  const [name = '', id] = rest;
  if (rest.length === 0) resource.part = 'call';
  else if (name.toLowerCase() === 'participants' && rest.length === 1) resource.part = 'participants';
  else if (name.toLowerCase() === 'operations' && rest.length === 2 && id !== undefined) {
    resource.part = 'operation';
    resource.id = id;
  }
  return resource;
}
