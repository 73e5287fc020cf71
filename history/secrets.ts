import { schemas } from '../schemas/resource-schemas';

/**
 * The shortest token that is masked anywhere, in characters. Real tokens are much longer; a shorter one may occur in
 * ordinary text by chance, and masking would then change the evidence.
 */
export const MIN_UNMISTAKABLE_LENGTH = 16;
/** The shortest part or encoded fragment of a token that is masked, in characters. */
const MIN_FORM_LENGTH = 12;
/** A token with fewer different characters is a row of dashes or zeros, which also occurs in other text. */
const MIN_DIFFERENT_CHARACTERS = 6;

/** Ordinary text in headers and URLs, in addition to the names and values in the schemas. */
const ON_THE_WIRE = [
  'application/json; charset=utf-8 application/json;charset=utf-8 application/json; odata.metadata=minimal;',
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
  'content-encoding content-language content-length transfer-encoding www-authenticate retry-after location',
  '/v1.0/communications/calls/ /beta/communications/calls/ /app/calls/ /participants/invite /operations/',
  '#microsoft.graph.commsNotifications #microsoft.graph.commsNotification #microsoft.graph.call',
  '#microsoft.graph.inviteParticipantsOperation #microsoft.graph.participantInviteOperation',
  '#microsoft.graph.participant #microsoft.graph.identitySet #microsoft.graph.identity',
  '#microsoft.graph.participantInfo #microsoft.graph.resultInfo #microsoft.graph.mediaStream',
  '#microsoft.graph.invitationParticipantInfo notRunning running completed failed established terminated',
];

let vocabulary: string | undefined;

/** The fixed texts of a conforming service, in lower case. */
function ordinaryText(): string {
  vocabulary ??= lower(`${ON_THE_WIRE.join('\n')}\n${JSON.stringify(schemas)}`);
  return vocabulary;
}

const ASCII = /^[\0-\x7f]*$/;

/** Converts ASCII letters to lower case; unlike `toLowerCase`, it never changes the length. */
export function lower(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isDistinct(form: string, shortest: number): boolean {
  if (form.length < shortest || new Set(lower(form)).size < MIN_DIFFERENT_CHARACTERS) return false;
  // A number in JSON can't be masked without breaking the JSON.
  if (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(form)) return false;
  return !ordinaryText().includes(lower(form));
}

/**
 * Whether a token differs from ordinary text, so that it can be masked anywhere: it has at least 16 characters, six of
 * them different, is not a number, and is no part of a conforming service's fixed texts, such as
 * `invitationParticipantInfo`. Any other token is masked only in headers with credentials and after the words Bearer
 * and Basic.
 */
export function isUnmistakable(token: string): boolean {
  return isDistinct(token, MIN_UNMISTAKABLE_LENGTH);
}

/** The base64 of a secret among other bytes, as in the base64 of `Bearer …`, for each of its three possible alignments. */
function base64Fragments(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    // Characters that also encode bits of neighbouring bytes are dropped.
    const own = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return [own, own.replaceAll('-', '+').replaceAll('_', '/')];
  });
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function writtenForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
  ];
}

/**
 * The forms in which an unmistakable token is searched, in lower case, longest first: plain, base64 (also of
 * UTF-16), base64url, hexadecimal, URL-encoded, escaped in JSON; also those of its long parts, because tokens derived by the suite and quoted parts
 * disclose nearly all of it.
 */
export function formsOf(token: string): string[] {
  const parts = [
    token,
    ...token.split('.').filter((part) => part.length >= MIN_UNMISTAKABLE_LENGTH),
    token.slice(0, -4),
  ];
  const forms = [
    ...[...parts, swapCase(token)].flatMap(writtenForms),
    ...base64Fragments(Buffer.from(token)),
    ...base64Fragments(Buffer.from(token, 'utf16le')),
  ];
  const distinct = forms.filter((form) => isDistinct(form, MIN_FORM_LENGTH)).map(lower);
  return [...new Set(distinct)].toSorted((a, b) => b.length - a.length);
}
