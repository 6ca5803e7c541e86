/** Writes the descriptions and examples of `#contract/docs` into the JSON schemas that were made from the same zod schemas. */
import type * as z from 'zod';
import { definitionOf, exampleOf, fieldsOf } from '#contract/docs';

type Schema = z.core.$ZodType;

/** The part of JSON Schema that is walked through. */
export interface JsonSchema {
  $ref?: string;
  description?: string;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** Changes `json`, which must have been made from `schema`. What it refers to by `$ref` is described at its own place. */
export function addDescriptions(schema: Schema, json: JsonSchema | undefined): void {
  if (!json || json.$ref !== undefined) return;
  const { type, innerType, element, options, shape } = definitionOf(schema);
  const choices = json.anyOf ?? json.oneOf;
  if (type === 'object') describeProperties(schema, shape ?? {}, json.properties ?? {});
  else if (element) addDescriptions(element, json.items);
  else if (options) for (const [index, option] of options.entries()) addDescriptions(option, choices?.[index]);
  // Of a nullable one the first choice is its own schema, and the second is null.
  else if (innerType) addDescriptions(innerType, type === 'nullable' ? choices?.[0] : json);
}

function describeProperties(schema: Schema, shape: Readonly<Record<string, Schema>>, properties: Record<string, JsonSchema>) {
  const fields = fieldsOf(schema);
  for (const [name, inner] of Object.entries(shape)) {
    const property = properties[name];
    if (!property) continue;
    addDescriptions(inner, property);
    const [description = property.description, example = exampleOf(inner)] = fields?.[name] ?? [];
    if (description === undefined) continue;
    properties[name] = { ...property, description, ...(example !== undefined && { examples: [example] }) };
  }
}
