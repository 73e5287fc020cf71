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

/** Changes every JSON body, of answers and of notifications. */
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

/** Writes every JSON body in another way. */
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

/** Makes a copy in which every object was changed, the inner ones first. */
function rewrite(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewrite(inner, change)])));
}

const everyObject = (change: (object: JsonObject) => JsonObject): HookMaker =>
  everyBody((body) => rewrite(body, change));

/** Properties that may be null, by the property that tells what an object is. */
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

/** How bodies look: what is in them beside what is documented, and how it is written. */
export const bodyVariants: readonly Variant[] = [
  variant(
    'status-pascal',
    'statuses have a capital letter',
    status((text) => text.charAt(0).toUpperCase() + text.slice(1)),
  ),
  variant(
    'status-upper-case',
    'statuses are in upper case',
    status((text) => text.toUpperCase()),
  ),
  variant(
    'absolute-resource-url',
    'the resourceUrl is a URL',
    resourceUrl((url) => `https://graph.example.com/v1.0${url}`),
  ),
  variant(
    'app-prefix',
    'the resourceUrl has the prefix /app',
    resourceUrl((url) => url.replace('/communications/', '/app/')),
  ),
  variant(
    'resource-url-key-form',
    "the resourceUrl is in OData's form, keys in parentheses",
    resourceUrl((url) => url.replaceAll(/\/(calls|operations)\/([^/]+)/g, "/$1('$2')")),
  ),
  variant(
    'resource-url-mixed-form',
    "the resourceUrl is a URL with the call's key in parentheses, a type cast, and a slash at the end",
    resourceUrl((url) => {
      const keyed = url.replace(/\/calls\/([^/]+)/, "/calls('$1')/microsoft.graph.call");
      return `https://graph.example.com/v1.0${keyed}/`;
    }),
  ),
  variant(
    'resource-omitted',
    'notifications have resourceUrl alone',
    everyNotification((planned) => changesOf(planned).forEach((item) => void delete item['resource'])),
  ),
  variant(
    'resource-strange',
    'the resource, which is not documented, is something else',
    everyNotification((planned) =>
      changesOf(planned).forEach((item) => void (item['resource'] = '/app/calls/participants')),
    ),
  ),
  variant(
    'nulls-omitted',
    'what is null is left out',
    everyObject((object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))),
  ),
  variant('nulls-everywhere', 'whatever may be null and has no value is sent as null', everyObject(padded)),
  variant(
    'extra-properties',
    'every object has properties that are not documented',
    everyObject((object) => ({
      ...object,
      publishedStates: [{ type: 'x', 'a.b@c': 1 }],
      isIdentityAnonymized: false,
      meetingRole: 'attendee',
    })),
  ),
  variant(
    'properties-reversed',
    'properties come in the opposite order',
    everyObject((object) => Object.fromEntries(Object.entries(object).toReversed())),
  ),
  variant(
    'types-only-at-the-top',
    'objects inside an operation, participant or call have no @odata.type',
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
    'identities have the types of the later API',
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
    'identities come back with a name, a tenant and a provider',
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
    'answers tell their @odata.context',
    everyAnswer((answer) => {
      if (!isObject(answer.body) || 'error' in answer.body) return;
      const context = 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.inviteParticipantsOperation';
      answer.body = { '@odata.context': context, ...answer.body };
    }),
  ),
  variant(
    'content-type-charset',
    'the content type of answers and notifications tells the charset',
    together(
      everyAnswer((answer) => setHeader(answer.headers, 'Content-Type', 'application/json; charset=utf-8')),
      everyNotification((planned) => setHeader(planned.headers, 'Content-Type', 'application/json; charset=utf-8')),
    ),
  ),
  variant(
    'content-type-odata',
    'the content type tells how much metadata there is, in another case',
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
    'JSON is indented',
    everyText((body) => `${JSON.stringify(body, null, 2)}\r\n`),
  ),
  variant(
    'escaped-json',
    'JSON is written in ASCII, with slashes escaped',
    everyText((body) =>
      JSON.stringify(body)
        .replaceAll('/', String.raw`\/`)
        .replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
  ),
  variant(
    'result-info-on-completion',
    'a completion has a resultInfo of success',
    onCompletion((operation) => void (operation['resultInfo'] = { ...success })),
  ),
  variant(
    'result-info-without-message',
    'a failure has a code and a subcode alone',
    onFailure((operation) => void delete objectOf(operation['resultInfo'])['message']),
  ),
  variant(
    'participants-reordered',
    'participants come in the opposite order',
    together(onResponse(reversed), onCompletion(reversed)),
  ),
  variant(
    'replaces-call-id-in-completion',
    'a completion tells which call was replaced',
    onCompletion((operation, _change, { invitation }) => {
      for (const entry of objectsIn(operation['participants']))
        entry['replacesCallId'] = invitation.participants[0]?.replacesCallId ?? null;
    }),
  ),
];
