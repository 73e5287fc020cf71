import type { HookMaker } from '../hooks';
import { isObject, type Json, type JsonObject } from '../json';
import { variant, type Variant } from '../fault-records';
import {
  changesOf,
  editText,
  everyAnswer,
  everyNotification,
  objectOf,
  objectsIn,
  onCompletion,
  onFailure,
  onResponse,
  setHeader,
  together,
} from '../hook-builders';

/** Changes every JSON body of responses and notifications. */
function everyBody(change: (body: Json) => Json): HookMaker {
  return together(
    everyAnswer((answer) => {
      if (answer.body !== undefined) answer.body = change(answer.body);
    }),
    everyNotification((planned) => {
      planned.envelope = change(planned.envelope);
    }),
  );
}

/** Serialises every JSON body with `write`. */
function everyText(write: (body: Json) => string): HookMaker {
  return together(
    everyAnswer((answer) => {
      if (answer.body !== undefined) answer.text = write(answer.body);
    }),
    everyNotification((planned) => {
      planned.text = write(planned.envelope);
    }),
  );
}

/** Returns a copy with every object changed, inner objects first. */
function rewrite(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewrite(inner, change)])));
}

const everyObject = (change: (object: JsonObject) => JsonObject): HookMaker =>
  everyBody((body) => rewrite(body, change));

/** Nullable properties, by a property that identifies the type of the object. */
const nullable: readonly (readonly [sign: string, names: readonly string[]])[] = [
  ['participants', ['resultInfo', 'clientContext']],
  ['identity', ['endpointType', 'participantId', 'hidden', 'removeFromDefaultAudioRoutingGroup', 'replacesCallId']],
  ['mediaStreams', ['recordingInfo', 'metadata', 'removedState', 'rosterSequenceNumber', 'restrictedExperience']],
  ['serverMuted', ['label']],
  ['displayName', ['tenantId', 'identityProvider']],
  ['user', ['application', 'device', 'phone', 'guest', 'encrypted', 'onPremises', 'applicationInstance']],
  ['phone', ['user', 'application', 'device', 'guest', 'encrypted', 'onPremises', 'applicationInstance']],
  ['state', ['chatInfo', 'meetingInfo', 'resultInfo', 'subject', 'terminationReason']],
];

function padded(object: JsonObject): JsonObject {
  const names = nullable.filter(([sign]) => sign in object).flatMap(([, all]) => all);
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...object };
}

const status = (change: (text: string) => string): HookMaker =>
  together(
    onResponse((operation) => editText(operation, 'status', change)),
    onCompletion((operation) => editText(operation, 'status', change)),
    onFailure((operation) => editText(operation, 'status', change)),
  );

const resourceUrl = (change: (url: string) => string): HookMaker =>
  everyNotification((planned) => changesOf(planned).forEach((item) => editText(item, 'resourceUrl', change)));

const reversed = (operation: JsonObject): void => {
  operation['participants'] = objectsIn(operation['participants']).toReversed();
};

const success = { '@odata.type': '#microsoft.graph.resultInfo', code: 200, subcode: 0, message: 'Success' };

/** Variants of bodies: additional or missing properties, and their serialisation. */
export const bodyVariants: readonly Variant[] = [
  variant(
    'status-pascal',
    'writes statuses with a capital letter',
    status((text) => text.charAt(0).toUpperCase() + text.slice(1)),
  ),
  variant(
    'status-upper-case',
    'writes statuses in upper case',
    status((text) => text.toUpperCase()),
  ),
  variant(
    'absolute-resource-url',
    'sends resourceUrl as an absolute URL',
    resourceUrl((url) => `https://graph.example.com/v1.0${url}`),
  ),
  variant(
    'app-prefix',
    'sends resourceUrl with the prefix /app',
    resourceUrl((url) => url.replace('/communications/', '/app/')),
  ),
  variant(
    'resource-url-key-form',
    "sends resourceUrl in OData's key form, with the ids in parentheses",
    resourceUrl((url) => url.replaceAll(/\/(calls|operations)\/([^/]+)/g, "/$1('$2')")),
  ),
  variant(
    'resource-url-mixed-form',
    "sends resourceUrl as a URL with the call's key in parentheses, a type cast, and a slash at the end",
    resourceUrl((url) => {
      const keyed = url.replace(/\/calls\/([^/]+)/, "/calls('$1')/microsoft.graph.call");
      return `https://graph.example.com/v1.0${keyed}/`;
    }),
  ),
  variant(
    'resource-omitted',
    'sends notifications with resourceUrl only, without resource',
    everyNotification((planned) => changesOf(planned).forEach((item) => void delete item['resource'])),
  ),
  variant(
    'resource-strange',
    'sends another value of the undocumented property resource',
    everyNotification((planned) =>
      changesOf(planned).forEach((item) => void (item['resource'] = '/app/calls/participants')),
    ),
  ),
  variant(
    'nulls-omitted',
    'omits properties that are null',
    everyObject((object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))),
  ),
  variant('nulls-everywhere', 'sends null for every nullable property without a value', everyObject(padded)),
  variant(
    'extra-properties',
    'adds undocumented properties to every object',
    everyObject((object) => ({
      ...object,
      publishedStates: [{ type: 'x', 'a.b@c': 1 }],
      isIdentityAnonymized: false,
      meetingRole: 'attendee',
    })),
  ),
  variant(
    'properties-reversed',
    'writes properties in reverse order',
    everyObject((object) => Object.fromEntries(Object.entries(object).toReversed())),
  ),
  variant(
    'types-only-at-the-top',
    'omits @odata.type from objects inside an operation, participant or call',
    everyObject((object) => {
      const type = object['@odata.type'];
      const inner =
        /#microsoft\.graph\.(identity|identitySet|invitationParticipantInfo|participantInfo|mediaStream|resultInfo)$/;
      if (typeof type !== 'string' || !inner.test(type)) return object;
      return Object.fromEntries(Object.entries(object).filter(([name]) => name !== '@odata.type'));
    }),
  ),
  variant(
    'communications-types',
    'sends the identity types of the later API, such as communicationsUserIdentity',
    everyObject((object) => {
      if (object['@odata.type'] !== '#microsoft.graph.identitySet') return object;
      const entries = Object.entries(object).map(([kind, identity]): [string, Json] => {
        const type = `#microsoft.graph.communications${kind.charAt(0).toUpperCase()}${kind.slice(1)}Identity`;
        return [kind, isObject(identity) ? { ...identity, '@odata.type': type } : identity];
      });
      return { ...Object.fromEntries(entries), '@odata.type': '#microsoft.graph.communicationsIdentitySet' };
    }),
  ),
  variant(
    'identities-completed',
    'adds displayName, tenantId and identityProvider to identities',
    everyObject((object) => {
      if (object['@odata.type'] !== '#microsoft.graph.identity') return object;
      return {
        ...object,
        displayName: 'Adele Vance',
        tenantId: 'd6a2e1f8-7a3a-4d0a-9b59-2f1a3c9f2d10',
        identityProvider: 'AAD',
      };
    }),
  ),
  variant(
    'odata-context',
    'adds @odata.context to responses',
    everyAnswer((answer) => {
      if (!isObject(answer.body) || 'error' in answer.body) return;
      const context = 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.inviteParticipantsOperation';
      answer.body = { '@odata.context': context, ...answer.body };
    }),
  ),
  variant(
    'content-type-charset',
    'adds charset=utf-8 to the Content-Type of responses and notifications',
    together(
      everyAnswer((answer) => setHeader(answer.headers, 'Content-Type', 'application/json; charset=utf-8')),
      everyNotification((planned) => setHeader(planned.headers, 'Content-Type', 'application/json; charset=utf-8')),
    ),
  ),
  variant(
    'content-type-odata',
    'sends Content-Type as Application/JSON with OData parameters',
    together(
      everyAnswer((answer) =>
        setHeader(answer.headers, 'Content-Type', 'Application/JSON;odata.metadata=minimal;IEEE754Compatible=false'),
      ),
      everyNotification((planned) =>
        setHeader(planned.headers, 'Content-Type', 'Application/JSON;odata.metadata=minimal'),
      ),
    ),
  ),
  variant(
    'pretty-json',
    'indents JSON',
    everyText((body) => `${JSON.stringify(body, null, 2)}\r\n`),
  ),
  variant(
    'escaped-json',
    'writes JSON in ASCII, with escaped slashes',
    everyText((body) =>
      JSON.stringify(body)
        .replaceAll('/', String.raw`\/`)
        .replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
  ),
  variant(
    'result-info-on-completion',
    'adds a resultInfo of success to completions',
    onCompletion((operation) => void (operation['resultInfo'] = { ...success })),
  ),
  variant(
    'result-info-without-message',
    'omits the message from the resultInfo of a failed operation',
    onFailure((operation) => void delete objectOf(operation['resultInfo'])['message']),
  ),
  variant(
    'participants-reordered',
    'lists participants in reverse order',
    together(onResponse(reversed), onCompletion(reversed)),
  ),
  variant(
    'replaces-call-id-in-completion',
    'adds the replacesCallId to completions',
    onCompletion((operation, _change, { invitation }) => {
      for (const entry of objectsIn(operation['participants']))
        entry['replacesCallId'] = invitation.participants[0]?.replacesCallId ?? null;
    }),
  ),
];
