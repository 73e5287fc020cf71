import type { Member } from './json-members';

/** Lines of the page, counted from 1, inclusive. */
export interface Lines {
  first: number;
  last: number;
}

/** A sentence as plain text: without formatting and link targets, white space collapsed. */
export interface Sentence {
  text: string;
  lines: Lines;
  /** The texts formatted as code in it; absent if there are none. */
  code?: string[];
}

export interface Row {
  cells: string[];
  lines: Lines;
  /** The texts formatted as code in it; absent if there are none. */
  code?: string[];
}

export interface Heading {
  kind: 'heading';
  level: number;
  text: string;
  lines: Lines;
}

/** A paragraph, a note (a block quote), or the text of a list item. */
export interface Prose {
  kind: 'prose';
  place: 'paragraph' | 'note' | 'item';
  sentences: Sentence[];
  lines: Lines;
}

export interface Table {
  kind: 'table';
  header: Row;
  rows: Row[];
  lines: Lines;
}

/** A comment that contains JSON: `<!-- {"blockType": …} -->`. */
export interface Annotation {
  kind: 'annotation';
  value: Record<string, unknown>;
  lines: Lines;
}

/** `# [HTTP](#tab/http)`: a tab, written as a heading. */
export interface Tab {
  kind: 'tab';
  text: string;
  lines: Lines;
}

/** `[!INCLUDE …]`: text of another file, which is not available. */
export interface Include {
  kind: 'include';
  label: string;
  target: string;
  lines: Lines;
}

/** `POST /communications/calls/{id}/participants/invite`: the request of the API, not an example. */
export interface Signature {
  kind: 'signature';
  method: string;
  path: string;
  lines: Lines;
}

/** A fence that is neither HTTP nor JSON. */
export interface Code {
  kind: 'code';
  language: string;
  text: string;
  lines: Lines;
}

export interface HeaderLine {
  /** In lower case. */
  name: string;
  value: string;
  line: number;
}

/** A body on the page; if it is not JSON, `members` is empty and `value` undefined. */
export interface ShownBody {
  /** As on the page. */
  text: string;
  value: unknown;
  isJson: boolean;
  members: Member[];
  lines: Lines;
}

/** A request, response, notification or other JSON on the page. */
export interface Message {
  kind: 'message';
  role: 'request' | 'response' | 'notification' | 'json';
  /** Of the start line of a request or notification. */
  method?: string;
  path?: string;
  /** Only in responses. */
  status?: number;
  /** The line of the request or status line. */
  startLine?: number;
  headers: HeaderLine[];
  body?: ShownBody;
  annotation?: Annotation;
  lines: Lines;
}

export type Part = Heading | Prose | Table | Annotation | Tab | Include | Signature | Code | Message;

/** A request with the responses and notifications that the page shows for it. */
export interface Example {
  /** The heading above it. */
  heading: string;
  /** From that heading, or from the request if there is none, to the end of the example. */
  lines: Lines;
  request: Message;
  responses: Message[];
  notifications: Message[];
  /** The page's sentences about the example. */
  says: Sentence[];
}

/** Content of the page that could not be read. */
export interface Unread {
  lines: Lines;
  what: string;
  why: string;
}

/** A parsed page of the API's documentation. */
export interface Page {
  title: string;
  /** Whether it was read from its Markdown source, or as a browser shows it. */
  format: 'markdown' | 'html';
  frontMatter: Record<string, unknown>;
  /** All content of the page, in order. */
  parts: Part[];
  examples: Example[];
  unread: Unread[];
  /** Content read despite a mistake, such as JSON with an extra comma; `why` describes the mistake. */
  repaired: Unread[];
}

/** A fenced or indented code block. */
export interface Fence {
  kind: 'fence';
  language: string;
  text: string;
  /** The line on which the text begins. */
  firstLine: number;
  lines: Lines;
}

/** A horizontal rule, which also ends a group of tabs. */
export interface Rule {
  kind: 'rule';
  lines: Lines;
}

export type Block = Heading | Tab | Prose | Table | Annotation | Include | Fence | Rule;

/** A page as Markdown, before its fences are interpreted. */
export interface MarkdownPage {
  frontMatter: Record<string, unknown>;
  blocks: Block[];
  unread: Unread[];
  repaired: Unread[];
}
