/**
 * The description of the HTTP interface: OpenAPI 3.1, made from the schemas that also validate requests, and a page to read it.
 */
import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import * as z from 'zod';
import * as contract from '#contract';
import { problemTables } from '#contract/docs';
import { Approval, DecidedPayment } from '#contract/operate';
import { type Compressed, compressed, sendCompressed } from './compressed.ts';
import { addDescriptions, type JsonSchema } from './openapi-descriptions.ts';
import { webhooks } from './openapi-webhooks.ts';

interface OpenapiOptions {
  /** The origin of this interface; absent where the caller knows it better. */
  origin?: string;
  /** Who calls this interface, and by what. */
  about: {
    title: string;
    description: string;
    tags: { name: string; description: string }[];
    keys: Record<string, string>;
    /** What is sent to merchants' servers. */
    webhooks?: object;
  };
  /** Whether `/docs` shows it as a page. */
  page: boolean;
}

/** What merchants' servers and customers' browsers call. */
export const publicInterface: OpenapiOptions['about'] = {
  title: 'Pay Desk',
  description: `Amounts are integers in minor units of the ISO 4217 currency: 500000 is 5,000.00 UZS. Times are ISO 8601.

A property that can be absent or null says when. New properties may come at any time: ignore what you do not know.

## Problems

Every error is \`application/problem+json\` (RFC 9457) with one of these codes.

${problemTables('###')}`,
  tags: [
    { name: 'merchant', description: "For the merchant's server, by API key." },
    { name: 'checkout', description: "For the customer's browser, by the client secret of one payment." },
    { name: 'webhooks', description: "What the merchant's server is sent, signed by Standard Webhooks 1.0." },
  ],
  keys: { apiKey: 'An API key, `sk_…`.', clientSecret: 'The client secret of a payment, `cs_…`.' },
  webhooks,
};

export const operatorInterface: OpenapiOptions['about'] = {
  title: 'Pay Desk: operators',
  description: 'Amounts are integers in minor units of the ISO 4217 currency.',
  tags: [{ name: 'operate', description: 'For the people who run it, by the key of an operator.' }],
  keys: { operatorKey: 'The key of an operator, `op_…`.' },
};

export const openapi = fp<OpenapiOptions>(
  async (app, { origin, about, page }) => {
    for (const [id, schema] of named) {
      if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
    }
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: about.title, version: '1', description: about.description },
        ...(origin !== undefined && { servers: [{ url: origin }] }),
        tags: about.tags,
        ...(about.webhooks && { webhooks: about.webhooks as Record<string, never> }),
        components: {
          securitySchemes: Object.fromEntries(
            Object.entries(about.keys).map(([name, description]) => [
              name,
              { type: 'http' as const, scheme: 'bearer', description },
            ]),
          ),
        },
      },
      transform: describeRoute,
      transformObject: describeDocument,
    });
    if (page) {
      await app.register(swaggerUi, {
        routePrefix: '/docs',
        staticCSP: docsPolicy,
        theme: { title: about.title, css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }] },
        uiConfig: { validatorUrl: null, displayRequestDuration: true },
      });
    }
    let document: Compressed | undefined;
    app.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
      document ??= compressed(JSON.stringify(app.swagger()));
      return sendCompressed(request, reply.type('application/json; charset=utf-8'), document);
    });
  },
  { name: 'openapi' },
);

/** Queries are spread out into parameters, so that they cannot be referred to by name. */
const queries: ReadonlySet<string> = new Set(['ReadCheckout', 'ListWebhookEvents'] satisfies (keyof typeof contract)[]);

/** The schemas that become components of the document, which refers to them by name: all objects, and choices between objects. */
const exported: Readonly<Record<string, unknown>> = { ...contract, Approval, DecidedPayment };
const named = Object.entries(exported).filter(
  (entry): entry is [string, z.core.$ZodType] =>
    !queries.has(entry[0]) && entry[1] instanceof z.core.$ZodType && ['object', 'union'].includes(entry[1]._zod.def.type),
);

/** The policy of the documentation page only, which needs scripts and styles of its own. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // The hash allows the one style that Swagger UI injects.
  "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Adds to a route what its schemas do not contain: descriptions, its problems and its Idempotency-Key. */
const describeRoute: SwaggerTransform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  if (schema.hide) return { schema, url };
  describeParts(input.schema as RouteSchema, schema as Described);
  const answers = Object.entries(Object(schema.response) as Record<string, object>);
  const response = Object.fromEntries(answers.map(([status, answer]) => [status, { ...answer, description: 'Done.' }]));
  const posts = [input.route.method].flat().some((method) => method === 'POST' || method === 'PATCH') && !readsOnly.has(url);
  const body = input.schema.consumes?.includes('multipart/form-data') && { body: upload };
  return { schema: { ...schema, ...body, response: { ...response, default: anyProblem }, ...(posts ? keyed(url) : {}) }, url };
};

/** The schemas of a route: as zod has them, and as JSON schemas. */
interface Parts<Schema> {
  body?: Schema;
  params?: Schema;
  querystring?: Schema;
  response?: Record<string, Schema>;
}
type RouteSchema = Parts<z.core.$ZodType>;
type Described = Parts<JsonSchema>;

function describeParts(schemas: RouteSchema, described: Described): void {
  for (const part of ['body', 'params', 'querystring'] as const) {
    const schema = schemas[part];
    if (schema) addDescriptions(schema, described[part]);
  }
  for (const [status, schema] of Object.entries(schemas.response ?? {})) addDescriptions(schema, described.response?.[status]);
}

/** Describes the components, and removes unused ones: each schema comes in two forms, for requests and for answers, and often only one is used. */
const describeDocument: SwaggerTransformObject = (input) => {
  const document = jsonSchemaTransformObject(input);
  if (!('components' in document) || !document.components?.schemas) return document;
  const components = document.components.schemas as Record<string, JsonSchema>;
  for (const [id, schema] of named) for (const name of [id, `${id}Input`]) addDescriptions(schema, components[name]);
  let schemas = Object.entries(components);
  for (let before = 0; before !== schemas.length; ) {
    before = schemas.length;
    const text = JSON.stringify([document.paths, Object(document).webhooks, ...schemas.map(([, schema]) => schema)]);
    schemas = schemas.filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
  }
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } } as typeof document;
};

/** The parts of `POST /checkout/wallet/screenshot`, which is read by hand. */
const upload = {
  type: 'object',
  required: ['transactionNumber', 'screenshot'],
  properties: {
    transactionNumber: {
      type: 'string',
      description: 'The transaction number as typed, or the whole SMS that it came in.',
      examples: ['01234567890123456789'],
    },
    screenshot: {
      type: 'string',
      contentMediaType: 'image/png',
      description: 'The picture of the finished transfer: PNG, JPEG or WebP of at most 5 MB.',
      examples: ['the bytes of the file'],
    },
  },
};

const makesCodes = ['/v1/pay-codes', '/v1/pay-codes/batch'];

const anyProblem = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
};

/** POST routes that may be repeated freely. A link always leads to the one payment of its order, and a test changes nothing. */
const readsOnly: ReadonlySet<string> = new Set(['/v1/pay-codes/lookup', '/checkout/link', '/v1/events/test']);
/** POST routes that create something each time, so that only a key distinguishes a repetition from another request. */
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
        examples: ['5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3'],
      },
    },
  },
});
