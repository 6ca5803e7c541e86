/** A Paykassma that answers exactly what a test sets, right or wrong, and records its requests. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { inspect } from 'node:util';
import { UpstreamError } from '../../../../server/clients/http.ts';
import {
  createPaykassmaClient,
  type PaykassmaClient,
  type PaykassmaOptions,
} from '../../../../server/clients/paykassma/client.ts';

export interface Question {
  method: string;
  path: string;
  query: URLSearchParams;
  type: string;
  body: Buffer;
}
type Respond = (response: ServerResponse, question: Question, request: IncomingMessage) => void;

export interface StubPaykassma {
  client: PaykassmaClient;
  questions: Question[];
  respond: Respond;
}

export const secret = 'plugin+api/secret&planted=here';

export const activation = {
  walletType: 'wavepay',
  currency: 'MMK',
  label: 'customer 55',
  amount: 600_050,
  key1: '0094646476',
  customTransactionId: 'attempt-1',
};
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]);
export const claim = { ...activation, amount: 600_000, screenshot: { type: 'image/png', bytes: png } } as const;

/** Stops with its test. */
export async function stubPaykassma(
  t: TestContext,
  respond: Respond,
  options: Partial<PaykassmaOptions> = {},
): Promise<StubPaykassma> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stub');
    const { method = '', headers } = request;
    const type = headers['content-type'] ?? '';
    const question = { method, path: pathname, query: searchParams, type, body: Buffer.concat(chunks) };
    stub.questions.push(question);
    stub.respond(response, question, request);
  });
  // Longer than any client keeps a connection, so that none is ended while a request is being sent on it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/plugin/`);
  const client = createPaykassmaClient({ url, secret, minorUnitDigits: () => 2, ...options });
  const stub: StubPaykassma = { client, questions: [], respond };
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await client.close();
  });
  return stub;
}

/** Answers with this text or value. */
export const answer =
  (body: unknown, status = 200): Respond =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

export async function faultOf(call: Promise<unknown>): Promise<UpstreamError> {
  const thrown = await call.then(
    (value) => assert.fail(`answered ${inspect(value)}`),
    (cause: unknown) => cause,
  );
  assert.ok(thrown instanceof UpstreamError, inspect(thrown));
  return thrown;
}
