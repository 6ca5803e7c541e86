/** A Payme that answers exactly what a test sets, right or wrong, and records its requests. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createPaymeClient, type PaymeClient, type PaymeOptions } from '../../../../server/clients/payme/client.ts';

export interface Question {
  httpMethod: string;
  path: string;
  auth: string;
  body: { jsonrpc: string; id: number; method: string; params: Record<string, unknown> };
}
export type Respond = (response: ServerResponse, question: Question) => void;

export interface StubPayme {
  client: PaymeClient;
  questions: Question[];
  respond: Respond;
}

export const cashboxId = '5e730e8e0b852a417aa49ceb';
export const key = 'planted-Key%of@the#cashbox?36&signs=';

/** Stops with its test. */
export async function stubPayme(t: TestContext, respond: Respond, options: Partial<PaymeOptions> = {}): Promise<StubPayme> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method: httpMethod = '', url: path = '', headers } = request;
    const question = { httpMethod, path, auth: String(headers['x-auth']), body: JSON.parse(text) };
    stub.questions.push(question);
    stub.respond(response, question);
  });
  // Longer than any client keeps a connection, so that none is ended while a request is being sent on it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`);
  const client = createPaymeClient({ url, cashboxId, key, ...options });
  const stub: StubPayme = { client, questions: [], respond };
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await client.close();
  });
  return stub;
}

/** Answers with these members beside `jsonrpc` and the right `id`, which they may overrule. */
export const envelope =
  (members: Record<string, unknown>): Respond =>
  (response, { body }) =>
    send(response, JSON.stringify({ jsonrpc: '2.0', id: body.id, ...members }));

export const result = (value: unknown): Respond => envelope({ result: value });

export const refusal = (code: unknown, more: Record<string, unknown> = {}): Respond =>
  envelope({ error: { code, message: 'said-by-upstream', ...more } });

/** Answers with this text. */
export const text =
  (body: string, status = 200, headers: Record<string, string> = {}): Respond =>
  (response) =>
    send(response, body, status, headers);

function send(response: ServerResponse, body: string, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end(body);
}
