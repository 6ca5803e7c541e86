/** The merchants' webhook endpoints: each accepts signed webhooks, or fails for as long as a test wants. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook } from '../../../../server/contract/index.ts';
import { keys, type MerchantId } from './keys.ts';

export interface Received {
  /** The same in every delivery of it. */
  id: string;
  merchant: MerchantId;
  webhook: Webhook;
}

/** `hang`: it accepts the connection and never answers. */
export type Mode = 'take' | 'refuse' | 'hang';

export async function openWebhookReceiver() {
  const received: Received[] = [];
  const modes: Record<MerchantId, Mode> = { books: 'take', kiosk: 'take' };
  const deliveries: Record<MerchantId, number> = { books: 0, kiosk: 0 };
  const problems: unknown[] = [];
  const server = createServer(async (request, response) => {
    const merchant: MerchantId = request.url === '/kiosk' ? 'kiosk' : 'books';
    deliveries[merchant] += 1;
    try {
      const body = await text(request);
      if (modes[merchant] === 'hang') return;
      if (modes[merchant] === 'refuse') return void response.writeHead(503).end();
      const { headers } = request;
      const header = (name: string) => String(headers[name]);
      const signed = new StandardWebhook(keys.webhook).verify(body, {
        'webhook-id': header('webhook-id'),
        'webhook-timestamp': header('webhook-timestamp'),
        'webhook-signature': header('webhook-signature'),
      });
      received.push({ id: header('webhook-id'), merchant, webhook: parseWebhook(signed) });
      response.writeHead(204).end();
    } catch (cause) {
      problems.push(cause);
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urlOf: (merchant: MerchantId): string => `${origin}/${merchant}`,
    received,
    /** How often something was sent to this merchant, accepted or not. */
    deliveries: (merchant: MerchantId): number => deliveries[merchant],
    mode(merchant: MerchantId, mode: Mode) {
      modes[merchant] = mode;
    },
    /** Errors of requests that were not signed or no webhook. */
    problems,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type WebhookReceiver = Awaited<ReturnType<typeof openWebhookReceiver>>;

/** A webhook is sent as it was written, so one from an earlier version has no fields that came later. */
export function parseWebhook(body: unknown): Webhook {
  const added = { version: 1, amountRefunded: 0, decisions: [], refunds: [] };
  const { data, ...rest } = body as { data: { payment: object } };
  return Webhook.parse({ ...rest, data: { payment: { ...added, ...data.payment } } });
}
