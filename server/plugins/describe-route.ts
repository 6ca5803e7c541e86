/** What the schemas of a route cannot say by themselves: its problems, its Idempotency-Key. */
import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

export const describeRoute: SwaggerTransform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  if (schema.hide) return { schema, url };
  const answers = Object.entries(Object(schema.response) as Record<string, object>);
  const response = Object.fromEntries(answers.map(([status, answer]) => [status, { ...answer, description: 'Done.' }]));
  const posts = [input.route.method].flat().includes('POST') && !readsOnly.has(url);
  return { schema: { ...schema, response: { ...response, default: anyProblem }, ...(posts ? keyed(url) : {}) }, url };
};

/** Named schemas come in two forms, as taken and as answered; the ones that nothing refers to only confuse. */
export const describeDocument: SwaggerTransformObject = (input) => {
  const document = jsonSchemaTransformObject(input);
  if (!('components' in document) || !document.components?.schemas) return document;
  let schemas = Object.entries(document.components.schemas);
  for (let before = 0; before !== schemas.length; ) {
    before = schemas.length;
    const text = JSON.stringify([document.paths, ...schemas.map(([, schema]) => schema)]);
    schemas = schemas.filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
  }
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } } as typeof document;
};

const makesCodes = ['/v1/pay-codes', '/v1/pay-codes/batch'];

const anyProblem = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
};

/** Nothing to be done twice. A link always leads to the one payment of its order. */
const readsOnly: ReadonlySet<string> = new Set(['/v1/pay-codes/lookup', '/checkout/link']);
/** They make something each time, without a key that tells a repetition from another wish. */
const needsKey: ReadonlySet<string> = new Set(['/v1/payments', ...makesCodes]);

const keyed = (url: string) => ({
  headers: {
    type: 'object',
    required: needsKey.has(url) ? ['Idempotency-Key'] : [],
    properties: {
      'Idempotency-Key': {
        type: 'string',
        minLength: 1,
        maxLength: 255,
        description: makesCodes.includes(url)
          ? 'At least 128 random bits. The same key again is answered with the same codes for 24 hours, or until they are acknowledged.'
          : 'The same key again has no second effect; the answer is what is true now.',
      },
    },
  },
});
