/** A store, the sender and the log of webhooks, and the host of each merchant: it verifies what it gets and answers as a test says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Telemetry } from '../../../server/payments/model/ports.ts';
import type { OutboxRecord } from '../../../server/payments/model/records.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { openStore } from '../../../server/storage/store.ts';
import { createWebhookLog } from '../../../server/webhooks/webhook-log.ts';
import { createWebhookSender } from '../../../server/webhooks/webhook-sender.ts';
import type { Engine } from '../../support/engines.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export const accept: Answer = (_request, response) => void response.writeHead(204).end();
export const answer =
  (status: number, headers = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end('never stored');

export interface Received {
  merchant: string;
  id: string;
  body: string;
  /** Seconds since 1970, as signed. */
  timestamp: number;
  signature: string;
}

export async function createWebhookTestBed(engine: Engine) {
  const { url, drop } = await engine.create();
  const clock = createFakeClock();
  const store = await openStore(url);
  const { db } = openDatabase(url);
  const got: Received[] = [];
  const answers: Record<string, Answer> = {};
  /** Addresses other than the host's own. */
  const urls: Record<string, string> = {};
  /** The types that a merchant wants; all by default. */
  const types: Record<string, string[]> = {};
  /** The names of every merchant's further endpoints. Their answers and types are found by `merchant/name`. */
  const more: string[] = [];
  /** What was reported of hosts that fail: the merchant, and the status or why there is none. */
  const warnings: [string, number | string | null][] = [];
  const failures: string[] = [];
  const host = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const merchant = request.url?.slice(1) ?? '';
      const headers = request.headers as Record<string, string>;
      try {
        new Webhook(secret).verify(body, headers);
      } catch {
        return void request.socket.destroy();
      }
      got.push({
        merchant,
        body,
        id: String(headers['webhook-id']),
        timestamp: Number(headers['webhook-timestamp']),
        signature: String(headers['webhook-signature']),
      });
      (answers[merchant] ?? accept)(request, response);
    });
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (where, cause) => void failures.push(`${where}: ${cause}`),
  };
  const createSender = (of: Store = store, time: FakeClock = clock) =>
    createWebhookSender({
      store: of,
      clock: time,
      observer,
      endpoint({ merchantId, endpoint }) {
        if (merchantId === 'missing') return null;
        const path = endpoint === 'main' ? merchantId : `${merchantId}/${endpoint}`;
        if (endpoint !== 'main' && !more.includes(endpoint)) return null;
        return { url: urls[path] ?? `${hostUrl}/${path}`, secrets: [secret], types: types[path] };
      },
      onFailing: ({ merchantId }, { status, reason }) => void warnings.push([merchantId, status || reason]),
    });
  const sender = createSender();
  const log = createWebhookLog({ store, clock, sender, endpoints: () => more });
  let made = 0;
  return {
    store,
    db,
    clock,
    got,
    answers,
    urls,
    types,
    more,
    warnings,
    hostUrl,
    failures,
    sender,
    createSender,
    log,
    /** The ids that arrived, e.g. `p2` for the second webhook of the payment p. */
    ids: () => got.map(({ id }) => id.replace(/^evt_[a-z]+_/, '')),
    /** A webhook that is due. Each is created a millisecond after the one before. */
    async put(merchantId: string, paymentId: string, sequence: number, own: Partial<OutboxRecord> = {}): Promise<OutboxRecord> {
      made += 1;
      const createdAt = clock.now() + made;
      const row: OutboxRecord = {
        id: `evt_${merchantId}_${paymentId}${sequence}`,
        merchantId,
        endpoint: 'main',
        paymentId: `pay_${merchantId}_${paymentId}`,
        sequence,
        type: 'payment.succeeded',
        body: JSON.stringify({ paymentId, sequence, text: 'မြန်မာ' }),
        status: 'pending',
        tries: 0,
        nextTryAt: clock.now(),
        leaseUntil: 0,
        createdAt,
        deliveredAt: null,
        replayedAt: null,
        ...own,
      };
      await store.insertOutbox(row);
      return row;
    },
    async read(id: string) {
      return log.read(id, null);
    },
    /** Runs the sender now and whenever the schedule says, until the webhook is not pending any more. */
    async untilOver(id: string) {
      for (let runs = 0; runs < 40; runs += 1) {
        await sender.runOnce();
        const { status } = await log.read(id, null);
        if (status !== 'pending') return status;
        clock.advance(25 * 3_600_000);
      }
      throw new Error('it is pending without end');
    },
    audits: async () => {
      const found = await db.selectFrom('audit').select(['payment_id', 'type', 'data']).orderBy('at').execute();
      return found.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as Record<string, unknown> }));
    },
    async close() {
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
      await sender.stop();
      await store.close();
      await db.destroy();
      await drop();
    },
  };
}

export type WebhookTestBed = Awaited<ReturnType<typeof createWebhookTestBed>>;
