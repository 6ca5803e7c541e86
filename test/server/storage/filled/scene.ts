/**
 * A server at work while a database is being filled: its merchants, its customers, and what is noted of each payment for later.
 */
import assert from 'node:assert/strict';
import type { CreatePayment } from '../../../../server/contract/index.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { openHooks } from './hooks.ts';
import type { MerchantId } from './keys.ts';
import { type Customer, customer, merchant } from './people.ts';
import type { NotedPayment } from './recording.ts';
import { openShop } from './shop.ts';
import { openUpstreams } from './upstreams.ts';

export interface Filling extends Customer {
  name: string;
  id: string;
  /** Of its newest attempt. */
  attempt(): Promise<string>;
}

/** Prices that the pay codes of the simulators have, by currency. */
const prices = { PLN: 2_500, MMK: 600_000, UZS: 500_000 } as const;

export async function openScene(databaseUrl: string, start: number) {
  const clock = createFakeClock(start);
  const hooks = await openHooks();
  const upstreams = await openUpstreams(clock.now);
  const shop = await openShop({ databaseUrl, clock, upstreams, hooks });
  await upstreams.control('paykassma', 'postbacks', { url: `${shop.address}/postbacks/paykassma/books` });
  const noted: NotedPayment[] = [];
  /** Requests that are left hanging: whoever made them is still waiting when the database is copied. */
  const hanging: Promise<unknown>[] = [];

  return {
    clock,
    hooks,
    upstreams,
    shop,
    noted,
    hanging,
    merchant: (id: MerchantId) => merchant(shop.address, id),
    /** A payment, and its customer. `name` describes what is to become of it. */
    async pay(
      name: string,
      currency: keyof typeof prices,
      wanted: Partial<CreatePayment> = {},
      of: MerchantId = 'books',
    ): Promise<Filling> {
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
      const { payment, clientSecret } = await merchant(shop.address, of).create(body, key);
      noted.push({ name, merchant: of, id: payment.id, clientSecret, key, body });
      const it = customer(shop.address, clientSecret);
      return {
        ...it,
        name,
        id: payment.id,
        post(path, told, idempotencyKey) {
          clock.advance(1);
          return it.post(path, told, idempotencyKey);
        },
        async attempt() {
          const { attempt } = await it.view();
          return attempt?.id ?? assert.fail(`${name} has no attempt`);
        },
      };
    },
    /** The next call of `op` meets this. */
    fault: (which: 'paycodes' | 'paykassma' | 'payme', op: string, when: 'before' | 'after', kind: string) =>
      upstreams.control(which, 'faults', { op, when, kind }),
    /** Something that is done and never answered; resolves when `begun` reports that it has begun. */
    async hang(work: Promise<unknown>, begun: () => boolean): Promise<void> {
      hanging.push(work.catch(() => undefined));
      while (!begun()) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async close() {
      // The calls that hang end first: the server waits for whoever is at work.
      await upstreams.close();
      await shop.stop();
      await hooks.close();
      await Promise.all(hanging);
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;
