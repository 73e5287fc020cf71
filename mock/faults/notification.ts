import { randomUUID } from 'node:crypto';
import { callNotified, notification } from '../message-bodies';
import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { changesOf, everyNotification, objectOf, replan, setHeader } from '../hook-builders';
import { COMPLETIONS } from './touches';

/** Adds an update of the call behind everything else, and changes it: the other notifications stay right. */
function oneMore(change: (planned: Planned, item: JsonObject) => void): HookMaker {
  return replan((planned, { invitation: { call } }) => {
    const more = notification('call', call, 'updated', '', callNotified(call, 'established'));
    for (const item of changesOf(more)) change(more, item);
    return [...planned, more];
  });
}

const every = (change: (planned: Planned) => void): HookMaker => everyNotification((planned) => change(planned));

const everyItem = (change: (item: JsonObject) => void): HookMaker =>
  every((planned) => changesOf(planned).forEach((item) => change(item)));

const method = (name: string): HookMaker =>
  every((planned) => {
    planned.method = name;
  });

const contentType = (type: string | undefined): HookMaker =>
  every((planned) => setHeader(planned.headers, 'Content-Type', type));

const envelope = (change: (body: JsonObject, items: JsonObject[]) => Json): HookMaker =>
  every((planned) => {
    planned.envelope = change(objectOf(planned.envelope), changesOf(planned));
  });

const changeTypes = ['completion.change-type', 'roster.change-type', 'failure.announced', 'replace.peer-call-deleted'];
const resourceUrls = ['completion.resource-url', 'roster.resource-url', ...COMPLETIONS];
const nothingRead = ['completion.announced', 'roster.announced', 'failure.announced', ...COMPLETIONS];

export const notificationFaults: readonly Fault[] = [
  fault('notification.post/put', 'notifies with PUT', method('PUT')),
  fault('notification.post/patch', 'notifies with PATCH', method('PATCH')),
  fault(
    'notification.post/roster-put',
    'notifies the roster with PUT',
    every((planned) => {
      if (planned.kind === 'roster') planned.method = 'PUT';
    }),
  ),

  fault('notification.json/plain-text', 'says notifications are plain text', contentType('text/plain')),
  fault('notification.json/no-content-type', 'does not say what notifications are', contentType(undefined)),
  fault('notification.json/form', 'sends notifications as a form', contentType('application/x-www-form-urlencoded')),
  fault(
    'notification.json/cut-off',
    'loses the end of each notification',
    every((planned) => {
      planned.text = JSON.stringify(planned.envelope).slice(0, -2);
    }),
    ['notification.envelope', ...nothingRead],
  ),
  fault(
    'notification.json/one-more-cut-off',
    'sends one more notification, which is not JSON',
    oneMore((planned) => {
      planned.text = '{"value":[{"changeType":"updated"';
    }),
    ['notification.envelope'],
  ),

  fault(
    'notification.envelope/type-missing',
    'leaves @odata.type of the envelope out',
    envelope((body) => {
      delete body['@odata.type'];
      return body;
    }),
  ),
  fault(
    'notification.envelope/type-singular',
    'calls the envelope a commsNotification',
    envelope((body) => ({ ...body, '@odata.type': '#microsoft.graph.commsNotification' })),
  ),
  fault(
    'notification.envelope/item-type-wrong',
    'calls what is in the envelope a changeNotification',
    everyItem((item) => {
      item['@odata.type'] = '#microsoft.graph.changeNotification';
    }),
  ),
  fault(
    'notification.envelope/value-no-array',
    'sends value as an object',
    envelope((body, items) => ({ ...body, value: items[0] ?? null })),
    nothingRead,
  ),
  fault(
    'notification.envelope/bare-array',
    'sends the notifications without an envelope, as an array',
    envelope((_body, items) => items),
    nothingRead,
  ),
  fault(
    'notification.envelope/bare-item',
    'sends the notification without an envelope',
    envelope((_body, items) => items[0] ?? null),
    nothingRead,
  ),
  fault(
    'notification.envelope/one-more-empty',
    'sends one more envelope, with nothing in it',
    oneMore((planned) => {
      planned.envelope = { ...objectOf(planned.envelope), value: [] };
    }),
  ),

  fault(
    'notification.change-type/capitalised',
    'sends changeType with a capital letter',
    everyItem((item) => {
      const type = item['changeType'] as string;
      item['changeType'] = type.charAt(0).toUpperCase() + type.slice(1);
    }),
    changeTypes,
  ),
  fault(
    'notification.change-type/one-more-modified',
    'sends one more notification, with changeType modified',
    oneMore((_planned, item) => {
      item['changeType'] = 'modified';
    }),
  ),
  fault(
    'notification.change-type/one-more-without',
    'sends one more notification, without changeType',
    oneMore((_planned, item) => void delete item['changeType']),
  ),
  fault(
    'notification.change-type/number',
    'sends changeType as a number',
    everyItem((item) => {
      item['changeType'] = ['created', 'updated', 'deleted'].indexOf(item['changeType'] as string);
    }),
    [...changeTypes, ...nothingRead],
  ),

  fault(
    'notification.resource-url/missing',
    'leaves resourceUrl out, and sends resource alone',
    everyItem((item) => void delete item['resourceUrl']),
    resourceUrls,
  ),
  fault(
    'notification.resource-url/one-more-empty',
    'sends one more notification, with an empty resourceUrl',
    oneMore((_planned, item) => {
      item['resourceUrl'] = '';
    }),
  ),
  fault(
    'notification.resource-url/one-more-of-no-call',
    'sends one more notification, about a call that is not there',
    oneMore((_planned, item) => {
      item['resourceUrl'] = `/communications/calls/${randomUUID()}`;
    }),
  ),
  fault(
    'notification.resource-url/one-more-of-a-user',
    'sends one more notification, about a user',
    oneMore((_planned, item) => {
      item['resourceUrl'] = `/users/${randomUUID()}`;
    }),
  ),
];
