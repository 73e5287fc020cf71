import { schemas } from '../schemas/resource-schemas';

/**
 * The shortest token that is masked wherever it stands, in characters. A service's tokens are longer by far; what is
 * shorter stands in ordinary text by chance, and to mask it there would change what a target said.
 */
export const MIN_UNMISTAKABLE_LENGTH = 16;
/** A form of a token that is made of a part of it, or of its bytes among others, is masked from this length on. */
const MIN_FORM_LENGTH = 12;
/** A token of fewer different characters is a row of dashes or zeros, which other text holds too. */
const MIN_DIFFERENT_CHARACTERS = 6;

/** What stands in headers and URLs, beside the names and values that the schemas hold. */
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

/** All that a conforming service writes of itself, in lower case. */
function ordinaryText(): string {
  vocabulary ??= lower(`${ON_THE_WIRE.join('\n')}\n${JSON.stringify(schemas)}`);
  return vocabulary;
}

const ASCII = /^[\0-\x7f]*$/;

/** Text with its ASCII letters in lower case: no character changes its length, as it may with `toLowerCase`. */
export function lower(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isDistinct(form: string, shortest: number): boolean {
  if (form.length < shortest || new Set(lower(form)).size < MIN_DIFFERENT_CHARACTERS) return false;
  // As a number in JSON it can't be masked without breaking the JSON.
  if (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(form)) return false;
  return !ordinaryText().includes(lower(form));
}

/**
 * Whether a token can be told from ordinary text, so that it is masked wherever it stands: it has 16 characters or more,
 * six of them different, is not a number, and is no part of what a conforming service writes of itself, such as
 * `invitationParticipantInfo`. A token that can't is masked only where tokens stand: in the headers that carry
 * credentials and after the words Bearer and Basic.
 */
export function isUnmistakable(token: string): boolean {
  return isDistinct(token, MIN_UNMISTAKABLE_LENGTH);
}

/** What base64 makes of a secret that stands among other bytes, as in base64 of `Bearer …`: by where in three it begins. */
function base64Fragments(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    // The characters that hold bits of the neighbours too are not the secret's own.
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
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
  ];
}

/**
 * The forms in which an unmistakable token is looked for, in lower case, the longest first: as it is, base64, base64url,
 * URL-encoded, escaped in JSON; the same of its long parts, since tokens that the suite makes of it, and targets that quote
 * a part of it, give away nearly all of it.
 */
export function formsOf(token: string): string[] {
  const parts = [
    token,
    ...token.split('.').filter((part) => part.length >= MIN_UNMISTAKABLE_LENGTH),
    token.slice(0, -4),
  ];
  const forms = [...[...parts, swapCase(token)].flatMap(writtenForms), ...base64Fragments(token)];
  const distinct = forms.filter((form) => isDistinct(form, MIN_FORM_LENGTH)).map(lower);
  return [...new Set(distinct)].toSorted((a, b) => b.length - a.length);
}
