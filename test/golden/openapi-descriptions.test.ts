/** The OpenAPI document explains every property of every request, answer and webhook, by a sentence and an example that is valid. */
import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { ProblemCode, WebhookType } from '#contract';
import { isObject, type Json, type JsonObject } from './json.ts';
import { servedOpenapi } from './read-openapi.ts';

let document: JsonObject;
before(async () => {
  document = (await servedOpenapi()) as JsonObject;
});

interface Property {
  place: string;
  /** The property, or the parameter with its schema inside. */
  holder: JsonObject;
  schema: JsonObject;
}

/** All properties and parameters that the document has anywhere, by their places. What is a component is walked through once. */
function* propertiesIn(value: Json, place: string): Generator<Property> {
  if (Array.isArray(value)) for (const [index, inner] of value.entries()) yield* propertiesIn(inner, `${place}.${index}`);
  if (!isObject(value)) return;
  if (typeof value.in === 'string' && typeof value.name === 'string' && isObject(value.schema))
    yield { place: `${place} ${value.in} ${value.name}`, holder: value, schema: value.schema };
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'example' || key === 'examples') continue;
    if (key === 'properties' && isObject(inner)) {
      for (const [name, property] of Object.entries(inner)) {
        yield { place: `${place}.${name}`, holder: property as JsonObject, schema: property as JsonObject };
        yield* propertiesIn(property, `${place}.${name}`);
      }
    } else yield* propertiesIn(inner, key === 'schema' || key === 'content' ? place : `${place}.${key}`);
  }
}

/** The part of the document that is an interface; the type of each webhook is narrowed without saying anything new. */
const allProperties = () =>
  [document.paths, document.components, document.webhooks]
    .flatMap((part, index) => [...propertiesIn(part ?? null, ['paths', 'components', 'webhooks'][index] ?? '')])
    .filter(({ place, schema }) => !(place.startsWith('webhooks') && typeof schema.const === 'string'));

const exampleOf = ({ holder }: Property): Json | undefined =>
  holder.example ?? (Array.isArray(holder.examples) ? holder.examples[0] : undefined);

it('every property has a description', () => {
  const properties = allProperties();
  assert.ok(properties.length > 400, `only ${properties.length} properties were found`);
  const without = properties.filter(({ holder }) => !/^\S.{4,}\.$/s.test(String(holder.description ?? '')));
  assert.deepEqual(
    without.map(({ place, holder }) => `${place}: ${holder.description ?? 'none'}`),
    [],
  );
});

it('every property has an example', () => {
  const without = allProperties().filter((property) => exampleOf(property) === undefined);
  assert.deepEqual(
    without.map(({ place }) => place),
    [],
  );
});

it('every example is one that the schema allows', () => {
  const wrong = allProperties().flatMap((property) => faults(exampleOf(property) ?? null, property.schema, property.place));
  assert.deepEqual(wrong, []);
});

it('each type of webhook is described once, with the headers that sign it', () => {
  const webhooks = document.webhooks as Record<string, { post: JsonObject }>;
  assert.deepEqual(Object.keys(webhooks).sort(), [...WebhookType.options, 'test'].sort());
  for (const [type, { post }] of Object.entries(webhooks)) {
    const names = (post.parameters as JsonObject[]).map(({ name }) => name);
    assert.deepEqual(names, ['webhook-id', 'webhook-timestamp', 'webhook-signature'], type);
    assert.match(String(post.summary), /^\S.{10,}\.$/, type);
  }
});

it('has a row for every problem code, which /docs shows first', () => {
  const { description } = document.info as JsonObject;
  const missing = ProblemCode.options.filter((code) => !String(description).includes(`| \`${code}\` |`));
  assert.deepEqual(missing, []);
});

/** Where a value does not fit a schema: by type, choice, pattern, range, missing and unknown properties. */
function faults(value: Json, schema: JsonObject, place: string): string[] {
  const { $ref, anyOf, oneOf, allOf } = schema;
  if (typeof $ref === 'string') return faults(value, component($ref), place);
  const choices = (anyOf ?? oneOf) as JsonObject[] | undefined;
  if (choices) {
    const tried = choices.map((choice) => faults(value, choice, place));
    return tried.some((found) => found.length === 0) ? [] : [`${place}: ${JSON.stringify(value)} is none of the choices`];
  }
  if (allOf) return (allOf as JsonObject[]).flatMap((one) => faults(value, one, place));
  if ('const' in schema) return schema.const === value ? [] : [`${place}: ${JSON.stringify(value)}`];
  if (schema.enum) return (schema.enum as Json[]).includes(value) ? [] : [`${place}: ${JSON.stringify(value)}`];
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const wanted = [schema.type ?? type].flat().map((one) => (one === 'integer' ? 'number' : one));
  if (!wanted.includes(type)) return [`${place}: ${JSON.stringify(value)} is no ${wanted}`];
  if (typeof value === 'string' && schema.pattern && !new RegExp(String(schema.pattern)).test(value))
    return [`${place}: ${value} does not match ${schema.pattern}`];
  if (typeof value === 'number' && (value < Number(schema.minimum ?? value) || value > Number(schema.maximum ?? value)))
    return [`${place}: ${value} is out of range`];
  if (Array.isArray(value)) return value.flatMap((inner) => faults(inner, (schema.items ?? {}) as JsonObject, `${place}[]`));
  if (!isObject(value)) return [];
  const properties = (schema.properties ?? {}) as Record<string, JsonObject>;
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in value));
  const unknown = Object.keys(value).filter((name) => schema.additionalProperties === false && !(name in properties));
  return [
    ...missing.map((name) => `${place}.${name} is missing in the example`),
    ...unknown.map((name) => `${place}.${name} is unknown`),
    ...Object.entries(value).flatMap(([name, inner]) =>
      properties[name] ? faults(inner, properties[name], `${place}.${name}`) : [],
    ),
  ];
}

const component = ($ref: string): JsonObject =>
  ((document.components as JsonObject).schemas as Record<string, JsonObject>)[$ref.split('/').at(-1) ?? ''] ?? {};
