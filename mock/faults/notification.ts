import { randomUUID } from 'node:crypto';
import { callNotified, notification } from '../message-bodies';
import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { changesOf, everyNotification, objectOf, replan, setHeader } from '../hook-builders';
import { COMPLETIONS } from './touches';

/** Adds a changed update of the call after all other notifications, which stay correct. */
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
  fault('notification.post/put', 'sends notifications with PUT', method('PUT')),
  fault('notification.post/patch', 'sends notifications with PATCH', method('PATCH')),
  fault(
    'notification.post/roster-put',
    'sends roster updates with PUT',
    every((planned) => {
      if (planned.kind === 'roster') planned.method = 'PUT';
    }),
  ),

  fault('notification.json/plain-text', 'sends notifications as text/plain', contentType('text/plain')),
  fault('notification.json/no-content-type', 'sends notifications without a Content-Type', contentType(undefined)),
  fault(
    'notification.json/form',
    'sends notifications as application/x-www-form-urlencoded',
    contentType('application/x-www-form-urlencoded'),
  ),
  fault(
    'notification.json/cut-off',
    'truncates the body of each notification',
    every((planned) => {
      planned.text = JSON.stringify(planned.envelope).slice(0, -2);
    }),
    ['notification.envelope', ...nothingRead],
  ),
  fault(
    'notification.json/one-more-cut-off',
    'sends one additional notification with truncated JSON',
    oneMore((planned) => {
      planned.text = '{"value":[{"changeType":"updated"';
    }),
    ['notification.envelope'],
  ),

  fault(
    'notification.envelope/type-missing',
    'omits @odata.type from the envelope',
    envelope((body) => {
      delete body['@odata.type'];
      return body;
    }),
  ),
  fault(
    'notification.envelope/type-singular',
    'sends the type commsNotification for the envelope',
    envelope((body) => ({ ...body, '@odata.type': '#microsoft.graph.commsNotification' })),
  ),
  fault(
    'notification.envelope/item-type-wrong',
    'sends the type changeNotification for the item in the envelope',
    everyItem((item) => {
      item['@odata.type'] = '#microsoft.graph.changeNotification';
    }),
  ),
  fault(
    'notification.envelope/value-no-array',
    'sends value as an object instead of an array',
    envelope((body, items) => ({ ...body, value: items[0] ?? null })),
    nothingRead,
  ),
  fault(
    'notification.envelope/bare-array',
    'sends a bare array of notifications without an envelope',
    envelope((_body, items) => items),
    nothingRead,
  ),
  fault(
    'notification.envelope/bare-item',
    'sends a bare notification without an envelope',
    envelope((_body, items) => items[0] ?? null),
    nothingRead,
  ),
  fault(
    'notification.envelope/one-more-empty',
    'sends one additional envelope with an empty value',
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
    'sends one additional notification with changeType modified',
    oneMore((_planned, item) => {
      item['changeType'] = 'modified';
    }),
  ),
  fault(
    'notification.change-type/one-more-without',
    'sends one additional notification without changeType',
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
    'omits resourceUrl, and sends only resource',
    everyItem((item) => void delete item['resourceUrl']),
    resourceUrls,
  ),
  fault(
    'notification.resource-url/one-more-empty',
    'sends one additional notification with an empty resourceUrl',
    oneMore((_planned, item) => {
      item['resourceUrl'] = '';
    }),
  ),
  fault(
    'notification.resource-url/one-more-of-no-call',
    'sends one additional notification about a call that does not exist',
    oneMore((_planned, item) => {
      item['resourceUrl'] = `/communications/calls/${randomUUID()}`;
    }),
  ),
  fault(
    'notification.resource-url/one-more-of-a-user',
    'sends one additional notification about a user',
    oneMore((_planned, item) => {
      item['resourceUrl'] = `/users/${randomUUID()}`;
    }),
  ),
];
