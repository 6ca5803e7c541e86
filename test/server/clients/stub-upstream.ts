/** A payment service that answers exactly what a test sets, right or wrong. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { inspect } from 'node:util';
import { UpstreamError } from '../../../server/clients/http.ts';
import type { PayCodesOptions } from '../../../server/clients/paycodes/client.ts';
import { createPayCodesClient, type PayCodesClient } from '../../../server/clients/paycodes/client.ts';

export interface Question {
  jsonrpc: string;
  id: string;
  method: string;
  params: Record<string, string>;
}
type Respond = (question: Question, response: ServerResponse, request: IncomingMessage) => void;

export interface StubUpstream {
  client: PayCodesClient;
  url: URL;
  /** Every received request; with `rest` only its `params`. */
  questions: Question[];
  respond: Respond;
}

export const key = 'paycodes-key-planted-here';

/** Stops with its test. */
export async function stubUpstream(
  t: TestContext,
  respond: Respond,
  options: Partial<Omit<PayCodesOptions, 'url'>> = {},
): Promise<StubUpstream> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    const question: Question = 'jsonrpc' in body ? body : { params: body };
    stub.questions.push(question);
    stub.respond(question, response, request);
  });
  // Longer than any client keeps a connection, so that none is ended while a request is being sent on it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rpc?tenant=demo`);
  const client = createPayCodesClient({ url, auth: { type: 'bearer', key }, ...options });
  const stub: StubUpstream = { client, url, questions: [], respond };
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await client.close();
  });
  return stub;
}

/** Answers every question with this result. */
export const result = (value: unknown): Respond => envelope({ result: value });

/** Answers every question with these members beside `jsonrpc` and the right `id`. */
export const envelope =
  (members: Record<string, unknown>): Respond =>
  (question, response) =>
    json(response, { jsonrpc: '2.0', id: question.id, ...members });

export function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** The fault of a call that has to fail. */
export async function thrownBy(call: Promise<unknown>): Promise<UpstreamError> {
  const thrown = await call.then(
    (answer) => assert.fail(`answered ${inspect(answer)}`),
    (cause: unknown) => cause,
  );
  assert.ok(thrown instanceof UpstreamError, inspect(thrown));
  return thrown;
}

/** All text of an error that could be shown or logged. */
export const shownBy = (thrown: Error) =>
  inspect(thrown, { depth: 10, showHidden: true }) + JSON.stringify(thrown) + thrown.stack;
