/**
 * The test bed that fills a database: the server, the services, merchants and customers, and a record of each payment for later.
 */
import assert from 'node:assert/strict';
import type { CreatePayment } from '../../../../server/contract/index.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { type Customer, customer, merchant } from './http-clients.ts';
import type { MerchantId } from './keys.ts';
import { openServer } from './open-server.ts';
import type { NotedPayment } from './recording.ts';
import { openUpstreams } from './upstreams.ts';
import { openWebhookReceiver } from './webhook-receiver.ts';

export interface CustomerPayment extends Customer {
  name: string;
  id: string;
  /** @returns The id of its newest attempt. */
  attempt(): Promise<string>;
}

/** Prices that the pay codes of the simulators have, by currency. */
const prices = { PLN: 2_500, MMK: 600_000, UZS: 500_000 } as const;

export async function openFillTestBed(databaseUrl: string, start: number) {
  const clock = createFakeClock(start);
  const webhookReceiver = await openWebhookReceiver();
  const upstreams = await openUpstreams(clock.now);
  const server = await openServer({ databaseUrl, clock, upstreams, webhookReceiver });
  await upstreams.control('paykassma', 'postbacks', { url: `${server.address}/postbacks/paykassma/books` });
  const noted: NotedPayment[] = [];
  /** Requests that are not answered: their clients are still waiting when the database is copied. */
  const hanging: Promise<unknown>[] = [];

  return {
    clock,
    webhookReceiver,
    upstreams,
    server,
    noted,
    hanging,
    merchant: (id: MerchantId) => merchant(server.address, id),
    /** Creates a payment. @param name The state that it will be left in. @returns Its customer. */
    async pay(
      name: string,
      currency: keyof typeof prices,
      wanted: Partial<CreatePayment> = {},
      of: MerchantId = 'books',
    ): Promise<CustomerPayment> {
      clock.advance(1);
      assert.ok(!noted.some((one) => one.name === name), `two payments are called ${name}`);
      const body: CreatePayment = {
        amount: prices[currency],
        currency,
        orderId: `order-${name}`,
        label: `customer-${name}`,
        expiresIn: 24 * 3600,
        ...(currency === 'UZS' && { phone: '998901304527' }),
        ...wanted,
      };
      const key = `key-${name}`;
      const { payment, clientSecret } = await merchant(server.address, of).create(body, key);
      noted.push({ name, merchant: of, id: payment.id, clientSecret, key, body });
      const it = customer(server.address, clientSecret);
      return {
        ...it,
        name,
        id: payment.id,
        post(path, body, idempotencyKey) {
          clock.advance(1);
          return it.post(path, body, idempotencyKey);
        },
        async attempt() {
          const { attempt } = await it.view();
          return attempt?.id ?? assert.fail(`${name} has no attempt`);
        },
      };
    },
    /** Sets a fault for the next call of `op`. */
    fault: (which: 'paycodes' | 'paykassma' | 'payme', op: string, when: 'before' | 'after', kind: string) =>
      upstreams.control(which, 'faults', { op, when, kind }),
    /** Starts work that is never answered; resolves when `begun` reports that it has begun. */
    async hang(work: Promise<unknown>, begun: () => boolean): Promise<void> {
      hanging.push(work.catch(() => undefined));
      while (!begun()) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async close() {
      // The hanging calls end first, because the server waits for running requests.
      await upstreams.close();
      await server.stop();
      await webhookReceiver.close();
      await Promise.all(hanging);
    },
  };
}

export type FillTestBed = Awaited<ReturnType<typeof openFillTestBed>>;
