/** The interface described by itself: OpenAPI 3.1 made from the schemas that also validate, and a page to read it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
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
import { describeDocument, describeRoute } from './describe-route.ts';

export interface OpenapiOptions {
  publicUrl: URL;
}

export const openapi = fp<OpenapiOptions>(
  async (app, { publicUrl }) => {
    for (const [id, schema] of Object.entries(named)) {
      if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
    }
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
      transform: describeRoute,
      transformObject: describeDocument,
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: docsPolicy,
      theme: { title: 'Pay Desk', css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }] },
      uiConfig: { validatorUrl: null, displayRequestDuration: true },
    });
    let document: Compressed | undefined;
    app.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
      document ??= compressed(JSON.stringify(app.swagger()));
      return sendCompressed(request, reply.type('application/json; charset=utf-8'), document);
    });
  },
  { name: 'openapi' },
);

/** These become components that the document refers to by name. */
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

/** The page needs scripts and styles of its own; no other page gets them. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // One style that Swagger UI injects, allowed by its hash.
  "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
