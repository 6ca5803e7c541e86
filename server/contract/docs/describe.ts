/**
 * Descriptions and examples of the properties of schemas. They are kept beside the schemas and not in them, because the contract is
 * read by the browser too, and because one schema (an amount, a note) means something else in each place.
 */
import * as z from 'zod/mini';

type Schema = z.core.$ZodType;

/**
 * What the property is, in its units, its shape and when it is absent; and an example. Without an example it has that of its own
 * properties, or of its type.
 */
export type Field<Value = unknown> = readonly [description: string, example?: Exclude<Value, undefined>];

/** The object inside: of an optional one, of the elements of a list. */
type Inside<S> =
  S extends z.core.$ZodOptional<infer T>
    ? Inside<T>
    : S extends z.core.$ZodNullable<infer T>
      ? Inside<T>
      : S extends z.core.$ZodArray<infer T>
        ? Inside<T>
        : S;

/** One entry for each property: the compiler names what is missing, what is too much, and what is no example. */
export type Fields<S> =
  Inside<S> extends z.core.$ZodObject<infer Shape> ? { readonly [Name in keyof Shape]: Field<z.input<Shape[Name]>> } : never;

const fieldsBySchema = new WeakMap<Schema, Readonly<Record<string, Field>>>();

/** Describes the properties of an object, or of the one inside an optional, a nullable or a list. Returns them for schemas that extend it. */
export function describe<const S extends Schema>(schema: S, fields: Fields<S>): Fields<S> {
  fieldsBySchema.set(objectIn(schema), fields as Readonly<Record<string, Field>>);
  return fields;
}

function objectIn(schema: Schema): Schema {
  const { def } = schema._zod as unknown as { def: { innerType?: Schema; element?: Schema } };
  const inner = def.innerType ?? def.element;
  return inner ? objectIn(inner) : schema;
}

/** Undefined where the schema is not described. */
export const fieldsOf = (schema: Schema): Readonly<Record<string, Field>> | undefined => fieldsBySchema.get(schema);

/** What a schema is made of, by its kind. */
interface Definition {
  type: string;
  innerType?: Schema;
  element?: Schema;
  options?: readonly Schema[];
  shape?: Readonly<Record<string, Schema>>;
  entries?: Readonly<Record<string, unknown>>;
  values?: readonly unknown[];
}
export const definitionOf = (schema: Schema): Definition => schema._zod.def as unknown as Definition;

/**
 * A value of the schema as documents show it, put together from the examples of its properties without the optional ones, of which
 * some exclude each other. Undefined where there is none.
 */
export function exampleOf(schema: Schema): unknown {
  const { examples } = z.globalRegistry.get(schema) ?? {};
  if (Array.isArray(examples)) return examples[0];
  const { type, innerType, element, options, shape, entries, values } = definitionOf(schema);
  switch (type) {
    case 'object': {
      const fields = fieldsOf(schema) ?? {};
      const required = Object.entries(shape ?? {}).filter(([, inner]) => definitionOf(inner).type !== 'optional');
      return Object.fromEntries(
        required.map(([name, inner]) => {
          const given = fields[name]?.[1];
          return [name, given === undefined ? exampleOf(inner) : given];
        }),
      );
    }
    case 'array': {
      const example = element && exampleOf(element);
      return example === undefined ? undefined : [example];
    }
    case 'union':
      return options?.[0] && exampleOf(options[0]);
    case 'enum':
      return Object.values(entries ?? {})[0];
    case 'literal':
      return values?.[0];
    case 'boolean':
      return false;
    default:
      return innerType && exampleOf(innerType);
  }
}
