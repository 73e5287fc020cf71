import type { Member } from './json-members';

/** Lines of the page, counted from 1, both included. */
export interface Lines {
  first: number;
  last: number;
}

/** A sentence as a reader sees it: without marks of formatting and link targets, its white space collapsed. */
export interface Sentence {
  text: string;
  lines: Lines;
  /** What is set as code in it; absent where nothing is. */
  code?: string[];
}

export interface Row {
  cells: string[];
  lines: Lines;
  /** What is set as code in it; absent where nothing is. */
  code?: string[];
}

export interface Heading {
  kind: 'heading';
  level: number;
  text: string;
  lines: Lines;
}

/** A paragraph, a note (a block quote), or the text of a list's item. */
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

/** A comment that carries JSON: `<!-- {"blockType": …} -->`. */
export interface Annotation {
  kind: 'annotation';
  value: Record<string, unknown>;
  lines: Lines;
}

/** `# [HTTP](#tab/http)`: no heading, though it is written as one. */
export interface Tab {
  kind: 'tab';
  text: string;
  lines: Lines;
}

/** `[!INCLUDE …]`: text of another file, which is not here to be read. */
export interface Include {
  kind: 'include';
  label: string;
  target: string;
  lines: Lines;
}

/** `POST /communications/calls/{id}/participants/invite`: what the API is, without an example. */
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

/** A body that the page shows; `members` is empty and `value` undefined where it is not JSON. */
export interface ShownBody {
  /** As it stands on the page. */
  text: string;
  value: unknown;
  isJson: boolean;
  members: Member[];
  lines: Lines;
}

/** A request, response, notification or other JSON that the page shows. */
export interface Message {
  kind: 'message';
  role: 'request' | 'response' | 'notification' | 'json';
  /** With requests and notifications: the start line. */
  method?: string;
  path?: string;
  /** With responses. */
  status?: number;
  /** The line of the request or the status. */
  startLine?: number;
  headers: HeaderLine[];
  body?: ShownBody;
  annotation?: Annotation;
  lines: Lines;
}

export type Part = Heading | Prose | Table | Annotation | Tab | Include | Signature | Code | Message;

/** A request and what the page shows to follow it. */
export interface Example {
  /** The heading that it stands under. */
  heading: string;
  /** From that heading, or the request where there is none, to the end of what belongs to it. */
  lines: Lines;
  request: Message;
  responses: Message[];
  notifications: Message[];
  /** What the page says between the example's heading and its end. */
  says: Sentence[];
}

/** Something on the page that could not be read for what it is. */
export interface Unread {
  lines: Lines;
  what: string;
  why: string;
}

/** A page of the API's documentation, read. */
export interface Page {
  title: string;
  frontMatter: Record<string, unknown>;
  /** All that the page holds, in its order. */
  parts: Part[];
  examples: Example[];
  unread: Unread[];
  /** What was read in spite of a slip, such as JSON with a comma too many; `why` says which. */
  repaired: Unread[];
}
