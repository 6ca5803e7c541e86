/** The merchant's webhook host: verifies signatures, records what it acknowledged, and misbehaves while faults are on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Payment, Webhook as WebhookBody } from '#contract';
import type { Breach } from './context.ts';
import type { Random } from './random.ts';

export interface ReceivedWebhook {
  /** Simulated milliseconds. */
  at: number;
  type: string;
  sequence: number;
  /** The merchant's view of the payment as it was sent. */
  payment: Payment;
  /** Whether the host sent a complete answer with status 200. */
  acknowledged: boolean;
}

export interface WebhookReceiver {
  url: string;
  secret: string;
  received: readonly ReceivedWebhook[];
  /** Whether it is down: then it answers 503. */
  down(is: boolean): void;
  calm(): void;
  close(): void;
}

export interface ReceiverDeps {
  now(): number;
  random: Random;
  faults: boolean;
  onReceived(webhook: ReceivedWebhook): void;
  breach(rule: Breach['rule'], about: string | null, text: string): void;
}

export async function createWebhookReceiver({ now, random, faults, onReceived, breach }: ReceiverDeps): Promise<WebhookReceiver> {
  const secret = 'whsec_ZGVlcCB0ZXN0cyBvZiB0aGUgcGF5IGRlc2ssIGEga2V5';
  const verifier = new Webhook(secret);
  const received: ReceivedWebhook[] = [];
  let faulty = faults;
  let isDown = false;

  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request) raw += chunk;
    const meets = faulty && random.chance(0.25) ? random.pick(['500', 'cut', 'lost', 'slow'] as const) : 'nothing';
    if (isDown || meets === '500') return void response.writeHead(503).end();
    if (meets === 'cut') return void request.socket.resetAndDestroy();
    // Shorter than a lease in simulated time, otherwise the test itself would cause two senders.
    if (meets === 'slow') await pause(random.between(50, 400));
    const body = verified(verifier, raw, request.headers, now(), breach);
    if (!body) return void response.writeHead(400).end();
    const { type, sequence, data } = body;
    const webhook: ReceivedWebhook = { at: now(), type, sequence, payment: data.payment, acknowledged: meets !== 'lost' };
    judgeOrder(received, webhook, breach);
    received.push(webhook);
    onReceived(webhook);
    if (meets === 'lost') return void request.socket.resetAndDestroy();
    response.writeHead(200).end();
  });
  server.on('clientError', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    secret,
    received,
    down(is) {
      isDown = is;
    },
    calm() {
      faulty = false;
      isDown = false;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function verified(
  verifier: Webhook,
  raw: string,
  headers: object,
  now: number,
  breach: ReceiverDeps['breach'],
): WebhookBody | null {
  try {
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = headers as Record<string, string>;
    const signedAt = new Date(Number(at) * 1000);
    // Not by `verify()`, which compares with the machine's time and not with the simulated one.
    if (!signatures?.split(' ').includes(verifier.sign(id ?? '', signedAt, raw))) throw new Error('signed with another secret');
    if (Math.abs(signedAt.getTime() - now) > toleranceMs)
      throw new Error(`signed ${Math.round((now - signedAt.getTime()) / 1000)} s ago`);
    return JSON.parse(raw) as WebhookBody;
  } catch (cause) {
    breach('webhooks', null, `a webhook whose signature does not verify: ${(cause as Error).message}`);
    return null;
  }
}

/** The usual tolerance, and the longest step of `calm-down.ts`, which may come between signature and arrival. */
const toleranceMs = (5 + 240) * 60_000;

/** Webhooks come one by one, and only the newest may be repeated: all earlier ones were acknowledged. */
function judgeOrder(
  received: readonly ReceivedWebhook[],
  { payment, sequence, type }: ReceivedWebhook,
  breach: ReceiverDeps['breach'],
): void {
  const own = received.filter((one) => one.payment.id === payment.id);
  const newest = Math.max(0, ...own.map((one) => one.sequence));
  const settled = Math.max(0, ...own.filter(({ acknowledged }) => acknowledged).map((one) => one.sequence));
  if (sequence > newest + 1 || (sequence === newest + 1 && settled < newest))
    breach('webhooks', payment.id, `webhook ${sequence} (${type}) came before ${settled + 1} was acknowledged`);
  if (sequence < settled)
    breach('webhooks', payment.id, `webhook ${sequence} (${type}) came again after ${settled} had been acknowledged`);
}
