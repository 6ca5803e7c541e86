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

/** Where webhooks arrive, without a server: the simulation in one process has none. */
export interface WebhookHost {
  secret: string;
  received: readonly ReceivedWebhook[];
  /** Whether it is down: then it answers 503. */
  down(is: boolean): void;
  calm(): void;
  /** Receives one request. @returns The status of the answer; null where the connection is cut. */
  receive(raw: string, headers: object): Promise<number | null>;
}

export interface WebhookReceiver extends Omit<WebhookHost, 'receive'> {
  url: string;
  close(): void;
}

export interface ReceiverDeps {
  now(): number;
  random: Random;
  faults: boolean;
  onReceived(webhook: ReceivedWebhook): void;
  breach(rule: Breach['rule'], about: string | null, text: string): void;
}

export async function createWebhookReceiver(deps: ReceiverDeps): Promise<WebhookReceiver> {
  const { receive, ...host } = createWebhookHost(deps);
  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request) raw += chunk;
    const status = await receive(raw, request.headers);
    if (status === null) request.socket.resetAndDestroy();
    else response.writeHead(status).end();
  });
  server.on('clientError', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    ...host,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const webhookSecret = 'whsec_ZGVlcCB0ZXN0cyBvZiB0aGUgcGF5IGRlc2ssIGEga2V5';

export function createWebhookHost({ now, random, faults, onReceived, breach }: ReceiverDeps): WebhookHost {
  const verifier = new Webhook(webhookSecret);
  const received: ReceivedWebhook[] = [];
  let faulty = faults;
  let isDown = false;
  return {
    secret: webhookSecret,
    received,
    down(is) {
      isDown = is;
    },
    calm() {
      faulty = false;
      isDown = false;
    },
    async receive(raw, headers) {
      const meets = faulty && random.chance(0.25) ? random.pick(['500', 'cut', 'lost', 'slow'] as const) : 'nothing';
      if (isDown || meets === '500') return 503;
      if (meets === 'cut') return null;
      // Shorter than a lease in simulated time, otherwise the test itself would cause two senders.
      if (meets === 'slow') await pause(random.between(50, 400));
      const body = verified(verifier, raw, headers, now(), breach);
      if (!body) return 400;
      const { type, sequence, data } = body;
      const webhook: ReceivedWebhook = { at: now(), type, sequence, payment: data.payment, acknowledged: meets !== 'lost' };
      judgeOrder(received, webhook, breach);
      received.push(webhook);
      onReceived(webhook);
      return meets === 'lost' ? null : 200;
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
