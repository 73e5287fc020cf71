import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApi } from '../../schemas/openapi';

/** An example of a body. */
export interface Example {
  summary: string;
  value: unknown;
}

export interface Content {
  'application/json': { schema: object; examples: Record<string, Example> };
}

export interface Response {
  headers?: Record<string, { required?: boolean }>;
  content?: Content;
}

export interface Operation {
  operationId: string;
  requestBody: { content: Content };
  responses: Record<string, Response>;
  callbacks?: Record<string, Record<string, { post: Operation }>>;
}

export interface Description {
  servers: { url: string }[];
  paths: Record<string, { servers?: { url: string }[]; post: Operation }>;
  components: { schemas: Record<string, object> };
}

/** The description, as types for the tests. */
export const description = (...addresses: Parameters<typeof openApi>): Description =>
  openApi(...addresses) as Description;

export const INVITE = '/communications/calls/{id}/participants/invite';
export const STATES = '/provider-states';

/** Validates a value against a schema of the description; references are resolved only within the document. */
export function checkerOf(document: Description): (schema: object, value: unknown) => string[] {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, strictRequired: false });
  addFormats(ajv);
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'document', components: document.components });
  return (schema, value) => {
    const { $ref } = schema as { $ref: string };
    const validate = ajv.getSchema(`document${$ref}`);
    if (!validate) throw new Error(`${$ref} leads nowhere`);
    return validate(value) === true
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** Every body in a document, with its place. */
export function contents(document: Description): [place: string, content: Content['application/json']][] {
  const all = Object.values(document.paths).map(({ post }) => post);
  const called = all.flatMap(({ callbacks = {} }) =>
    Object.values(callbacks).flatMap((one) => Object.values(one).map(({ post }) => post)),
  );
  return [...all, ...called].flatMap(({ operationId, requestBody, responses }) => [
    [`${operationId} request`, requestBody.content['application/json']],
    ...Object.entries(responses).flatMap(([status, { content }]): [string, Content['application/json']][] =>
      content ? [[`${operationId} ${status}`, content['application/json']]] : [],
    ),
  ]);
}
