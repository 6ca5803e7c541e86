/** The types of the client are those of the HTTP interface as it is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import type { WebhookType } from '#contract';
import { createPayDeskClient, type Webhook } from '../../../server/sdk/index.ts';
import { generatedTypes, merchantDocument, sourceLine } from '../../../widget/build/generate-client-types.ts';

// Checked by the compiler: the package and the server know the same types of webhooks.
'' as WebhookType satisfies Webhook['type'];
'' as Webhook['type'] satisfies WebhookType;

const document = merchantDocument();

it('are made from the OpenAPI document of today', () => {
  const found = readFileSync(generatedTypes, 'utf8').includes(sourceLine(document));
  assert.ok(found, 'the interface has changed: run "npm run sdk:types"');
});

it('belong to a client that has a function for every call of the interface', async () => {
  const calls: string[] = [];
  const client = createPayDeskClient({
    baseUrl: 'https://pay.example',
    apiKey: 'sk_test_1',
    fetch: async ({ method, url }) => {
      calls.push(`${method.toLowerCase()} ${new URL(url).pathname}`);
      return Response.json({});
    },
  });
  const functions = Object.values(client).flatMap((group) => Object.values(group)) as ((
    ...args: unknown[]
  ) => Promise<unknown>)[];
  // Ids are text, and so are bodies here: nothing is sent.
  for (const call of functions) await call('x', 'x');
  const operations = Object.entries(JSON.parse(document).paths as Record<string, object>)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path.replace(/\{\w+\}/g, 'x')}`))
    .sort();
  assert.ok(operations.length > 20);
  assert.deepEqual(calls.sort(), operations);
});
