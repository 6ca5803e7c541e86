/** The interface described by itself: OpenAPI 3.1 made from the schemas that also validate, and a page to read it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import * as z from 'zod';
import * as contract from '#contract';

export interface OpenapiOptions {
  publicUrl: URL;
}

export const openapi = fp<OpenapiOptions>(
  async (app, { publicUrl }) => {
    nameSchemas();
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Pay Desk', version: '1', description: 'Amounts are integers in minor units of the ISO 4217 currency.' },
        servers: [{ url: publicUrl.origin }],
        tags: [
          { name: 'merchant', description: "For the merchant's server, by API key." },
          { name: 'checkout', description: "For the customer's browser, by the client secret of one payment." },
        ],
        components: {
          securitySchemes: {
            apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `sk_…`.' },
            clientSecret: { type: 'http', scheme: 'bearer', description: 'The client secret of a payment, `cs_…`.' },
          },
        },
      },
      transform: (route) => {
        const { schema, url } = jsonSchemaTransform(route);
        return {
          schema: schema.hide ? schema : { ...schema, response: { ...Object(schema.response), default: anyProblem } },
          url,
        };
      },
      transformObject: jsonSchemaTransformObject,
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: docsPolicy,
      uiConfig: { url: '/openapi.json', validatorUrl: null, displayRequestDuration: true },
    });
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  },
  { name: 'openapi' },
);

const anyProblem = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
};

/** Named schemas become components that the document refers to. */
function nameSchemas(): void {
  const { Payment, PaymentView, NextAction, AttemptView, EvidenceView, Problem, ProblemDetails, CreatePayment, CreatedPayment } =
    contract;
  const named = {
    Payment,
    PaymentView,
    NextAction,
    AttemptView,
    EvidenceView,
    Problem,
    ProblemDetails,
    CreatePayment,
    CreatedPayment,
  };
  for (const [id, schema] of Object.entries(named)) {
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
  }
}

const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
