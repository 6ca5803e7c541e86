/**
 * The description of the HTTP interface: OpenAPI 3.1, made from the schemas that also validate requests, and a page to read it.
 */
import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import * as z from 'zod';
import {
  AttemptView,
  CreatedPayment,
  CreatePayment,
  EvidenceView,
  NextAction,
  Payment,
  PaymentView,
  Problem,
  ProblemDetails,
} from '#contract';
import { type Compressed, compressed, sendCompressed } from './compressed.ts';

interface OpenapiOptions {
  /** The origin of this interface; absent where the caller knows it better. */
  origin?: string;
  /** Who calls this interface, and by what. */
  about: { title: string; tags: { name: string; description: string }[]; keys: Record<string, string> };
  /** Whether `/docs` shows it as a page. */
  page: boolean;
}

/** What merchants' servers and customers' browsers call. */
export const publicInterface: OpenapiOptions['about'] = {
  title: 'Pay Desk',
  tags: [
    { name: 'merchant', description: "For the merchant's server, by API key." },
    { name: 'checkout', description: "For the customer's browser, by the client secret of one payment." },
  ],
  keys: { apiKey: 'An API key, `sk_…`.', clientSecret: 'The client secret of a payment, `cs_…`.' },
};

export const operatorInterface: OpenapiOptions['about'] = {
  title: 'Pay Desk: operators',
  tags: [{ name: 'operate', description: 'For the people who run it, by the key of an operator.' }],
  keys: { operatorKey: 'The key of an operator, `op_…`.' },
};

export const openapi = fp<OpenapiOptions>(
  async (app, { origin, about, page }) => {
    for (const [id, schema] of Object.entries(named)) {
      if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
    }
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: about.title,
          version: '1',
          description: 'Amounts are integers in minor units of the ISO 4217 currency.',
        },
        ...(origin !== undefined && { servers: [{ url: origin }] }),
        tags: about.tags,
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

/** The schemas that become components of the document, which refers to them by name. */
const named = {
  AttemptView,
  CreatedPayment,
  CreatePayment,
  EvidenceView,
  NextAction,
  Payment,
  PaymentView,
  Problem,
  ProblemDetails,
};

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

/** Adds to a route what its schemas do not contain: its problems and its Idempotency-Key. */
const describeRoute: SwaggerTransform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  if (schema.hide) return { schema, url };
  const answers = Object.entries(Object(schema.response) as Record<string, object>);
  const response = Object.fromEntries(answers.map(([status, answer]) => [status, { ...answer, description: 'Done.' }]));
  const posts = [input.route.method].flat().includes('POST') && !readsOnly.has(url);
  return { schema: { ...schema, response: { ...response, default: anyProblem }, ...(posts ? keyed(url) : {}) }, url };
};

/** Removes unused components: each schema comes in two forms, for requests and for answers, and often only one is used. */
const describeDocument: SwaggerTransformObject = (input) => {
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
      },
    },
  },
});
