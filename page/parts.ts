import { readHttp, startOf } from './http-text';
import { readJson } from './lenient-json';
import { membersOf } from './json-members';
import { LIMITS, limited } from './limits';
import { isSampleTab } from './sample-code';
import type { Block, Fence, Annotation, Message, Part, ShownBody, Unread } from './page';

const HTTP = new Set(['http', 'httpspec', 'msgraph', 'msgraph-interactive', 'rest']);
const JSON_LANGUAGES = new Set(['json', 'jsonc']);

/** Converts a page's fences to requests, responses, notifications and other JSON; other blocks are unchanged. */
export function partsOf(blocks: readonly Block[], unread: Unread[], repaired: Unread[]): Part[] {
  return new PartReader(unread, repaired).read(blocks);
}

class PartReader {
  private readonly parts: Part[] = [];
  /** The annotation of the next fence. */
  private annotation: Annotation | undefined;
  private heading = '';
  /** A request without a body; JSON in an immediately following fence is its body. */
  private head: Message | undefined;

  /** Whether the blocks belong to a tab of another language than HTTP. */
  private inSample = false;
  private messages = 0;
  private values = 0;

  constructor(
    private readonly unread: Unread[],
    private readonly repaired: Unread[],
  ) {}

  read(blocks: readonly Block[]): Part[] {
    for (const block of blocks) {
      if (block.kind === 'tab') this.inSample = isSampleTab(block.text);
      else if (block.kind === 'heading' || block.kind === 'rule') this.inSample = false;
      if (this.inSample && isSampleCode(block)) continue;
      if (block.kind === 'fence') this.fence(block);
      else if (block.kind !== 'annotation') {
        this.annotation = undefined;
        this.head = undefined;
        if (block.kind === 'heading') this.heading = block.text;
        if (block.kind !== 'rule') this.parts.push(block);
      } else {
        this.annotation = block;
        this.parts.push(block);
      }
    }
    return this.parts;
  }

  private fence(fence: Fence): void {
    const { annotation, head } = this;
    this.annotation = undefined;
    this.head = undefined;
    if (JSON_LANGUAGES.has(fence.language)) this.json(fence, annotation, head);
    else if (HTTP.has(fence.language) || (annotation !== undefined && startOf(firstLineOf(fence), 1) !== undefined)) {
      this.http(fence, annotation);
    } else this.code(fence);
  }

  private code({ language, text, lines }: Fence): void {
    this.parts.push({ kind: 'code', language, text, lines });
  }

  private http(fence: Fence, annotation: Annotation | undefined): void {
    const { start, headers, body, strange } = readHttp(fence.text, fence.firstLine);
    if (!start) {
      const why = 'it begins neither with a request line nor with a status line';
      this.unread.push({ lines: fence.lines, what: 'a fence of HTTP', why });
      this.code(fence);
      return;
    }
    const type = blockType(annotation);
    if (start.kind === 'request' && type !== 'request' && body === undefined && this.isSignature(fence, type)) {
      this.signatures(fence);
      return;
    }
    for (const { line, text } of strange) {
      const why = `neither a header nor a body: ${text.slice(0, 80)}`;
      this.unread.push({ lines: { first: line, last: line }, what: 'a line of HTTP', why });
    }
    const message: Message = { kind: 'message', role: 'json', headers, startLine: start.line, lines: fence.lines };
    if (annotation) message.annotation = annotation;
    if (body) message.body = this.body(body.text, body.firstLine);
    if (start.kind === 'response') {
      Object.assign(message, { role: 'response', status: start.status });
    } else {
      const notifies = type !== 'request' && (/^notification/i.test(this.heading) || isNotification(message.body));
      Object.assign(message, { role: notifies ? 'notification' : 'request', method: start.method, path: start.path });
      if (!body && type !== 'request') this.head = message;
    }
    this.push(message);
  }

  /** Whether a fence shows how to call the API, not an example: each of its lines is a request line. */
  private isSignature(fence: Fence, type: string | undefined): boolean {
    const lines = fence.text.split('\n').filter((line) => line.trim() !== '');
    const all = lines.every((line) => startOf(line, 1)?.kind === 'request');
    return all && (type === 'ignored' || /^http requests?$/i.test(this.heading));
  }

  private signatures(fence: Fence): void {
    fence.text.split('\n').forEach((text, i) => {
      const line = fence.firstLine + i;
      const start = startOf(text, line);
      if (start?.kind !== 'request') return;
      const { method, path } = start;
      this.parts.push({ kind: 'signature', method, path, lines: { first: line, last: line } });
    });
  }

  private json(fence: Fence, annotation: Annotation | undefined, head: Message | undefined): void {
    const body = this.body(fence.text.trimEnd(), fence.firstLine);
    const type = blockType(annotation);
    if (head && type !== 'response') {
      head.body = body;
      head.role = 'notification';
      head.lines = { first: head.lines.first, last: fence.lines.last };
      if (annotation) head.annotation = annotation;
      return;
    }
    const role = type === 'response' ? 'response' : isNotification(body) ? 'notification' : 'json';
    const message: Message = { kind: 'message', role, headers: [], body, lines: fence.lines };
    if (annotation) message.annotation = annotation;
    this.push(message);
  }

  private body(text: string, firstLine: number): ShownBody {
    const lines = { first: firstLine, last: firstLine + text.split('\n').length - 1 };
    const { json, value, slips, error } = readJson(text, firstLine);
    if (json === undefined) {
      const why = /^\s*[{[]/.test(text) ? `not JSON: ${error ?? ''}` : 'not JSON: its members are not read';
      this.unread.push({ lines, what: 'a body', why });
      return { text, value: undefined, isJson: false, members: [], lines };
    }
    this.repaired.push(...slips.map((why) => ({ lines, what: 'a body', why })));
    const members = membersOf(json, firstLine);
    this.values += members.length;
    limited(this.values, 'values', `its examples hold more than ${LIMITS.values} values`);
    return { text, value, isJson: true, members, lines };
  }

  private push(message: Message): void {
    this.messages += 1;
    limited(this.messages, 'messages', `it has more than ${LIMITS.messages} requests, responses and notifications`);
    this.parts.push(message);
  }
}

/** Whether a block in a tab of a programming language is its code, the note on how to run it, or an include as text. */
function isSampleCode(block: Block): boolean {
  if (block.kind === 'prose') return block.place === 'note' || /^\[!INCLUDE /.test(block.sentences[0]?.text ?? '');
  return block.kind === 'fence' && !HTTP.has(block.language) && !JSON_LANGUAGES.has(block.language);
}

function firstLineOf(fence: Fence): string {
  return fence.text.split('\n').find((line) => line.trim() !== '') ?? '';
}

/** The type of a fence according to its annotation. */
function blockType(annotation: Annotation | undefined): string | undefined {
  const type = annotation?.value['blockType'];
  return typeof type === 'string' ? type : undefined;
}

function isNotification(body: ShownBody | undefined): boolean {
  const type = body?.members.find(({ path }) => path === "$['@odata.type']")?.value ?? '';
  return /commsNotifications|changeNotificationCollection/i.test(type);
}
