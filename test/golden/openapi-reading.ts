/**
 * The OpenAPI document as callers depend on it: by route the requests and answers with all names and constraints, and the webhooks. Descriptions
 * and the names of schemas are left out, because they may change.
 */
import { isObject, type Json, type JsonObject } from './json.ts';

export function readingOf(document: Json): JsonObject {
  if (!isObject(document) || !isObject(document.paths)) throw new Error('This is no OpenAPI document');
  const reading: JsonObject = {};
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations as JsonObject))
      reading[`${method.toUpperCase()} ${path}`] = readOperation(operation as JsonObject, document);
  for (const [type, operations] of Object.entries(isObject(document.webhooks) ? document.webhooks : {}))
    reading[`webhook ${type}`] = readOperation((operations as JsonObject).post as JsonObject, document);
  return reading;
}

function readOperation(operation: JsonObject, document: JsonObject): JsonObject {
  const parameters = (operation.parameters ?? []) as JsonObject[];
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const fields = (place: string): JsonObject =>
    Object.fromEntries(
      of(place).map((parameter) => {
        const schema = readSchema(parameter.schema ?? {}, document);
        return [String(parameter.name), parameter.required ? schema : { optional: schema }];
      }),
    );
  return {
    ...(operation.security !== undefined && { security: operation.security }),
    ...(of('path').length && { path: fields('path') }),
    ...(of('query').length && { query: fields('query') }),
    ...(of('header').length && { header: fields('header') }),
    ...(isObject(operation.requestBody) && { body: readContent(operation.requestBody, document) }),
    ...Object.fromEntries(
      Object.entries((operation.responses ?? {}) as JsonObject).map(([status, response]) => [
        status,
        readContent(response, document),
      ]),
    ),
  };
}

/** By media type where it is not JSON. */
function readContent(holder: Json, document: JsonObject): Json {
  const content = isObject(holder) && isObject(holder.content) ? holder.content : {};
  const read = Object.entries(content).map(([type, media]): [string, Json] => [
    type,
    readSchema(isObject(media) ? (media.schema ?? {}) : {}, document),
  ]);
  const [only] = read;
  return read.length === 1 && only?.[0] === 'application/json' ? only[1] : Object.fromEntries(read);
}

/** An object by its members, anything else by its constraints. */
function readSchema(schema: Json, document: JsonObject): Json {
  if (!isObject(schema)) return schema;
  const { $ref, description: _told, title: _titled, examples: _shown, ...rest } = schema;
  if (typeof $ref === 'string') return readSchema(resolve($ref, document), document);
  const {
    properties,
    required = [],
    additionalProperties,
    items,
    anyOf,
    oneOf,
    allOf,
    enum: choices,
    const: only,
    ...own
  } = rest;
  const choice = anyOf ?? oneOf ?? allOf;
  if (choice !== undefined) return { anyOf: (choice as Json[]).map((one) => readSchema(one, document)) };
  if (choices !== undefined) return { enum: choices };
  if (only !== undefined) return { const: only };
  if (items !== undefined) return { ...own, items: readSchema(items, document) };
  if (properties === undefined && additionalProperties === undefined) return JSON.stringify(own);
  const members = Object.entries((properties ?? {}) as JsonObject).map(([name, member]): [string, Json] => {
    const read = readSchema(member, document);
    return [name, (required as Json[]).includes(name) ? read : { optional: read }];
  });
  const others = isObject(additionalProperties) ? { '<any>': readSchema(additionalProperties, document) } : {};
  return { ...Object.fromEntries(members), ...others };
}

function resolve(ref: string, document: JsonObject): Json {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json>((inside, name) => (isObject(inside) ? (inside[name] ?? {}) : {}), document);
}
