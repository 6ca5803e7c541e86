/** The merchant's server: creates payments, sometimes in two processes at once, reads them, and refunds. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import type { Payment } from '#contract';
import { type Checkout, createCheckout } from './checkout.ts';
import type { RunContext } from './context.ts';
import type { Persona } from './customer.ts';
import { requestBff } from './request-bff.ts';

export interface Merchant {
  /** Sends `times` requests at once for one order. Null where none was answered. */
  create(persona: Persona, times: number): Promise<Checkout | null>;
  /** All payments, with attempts and evidence. Throws where there is no answer for long. */
  payments(): Promise<Payment[]>;
  /** All payments of an order; null without an answer. */
  ofOrder(orderId: string): Promise<Payment[] | null>;
  post(paymentId: string, action: 'refund' | 'cancel'): Promise<void>;
}

export function createMerchant(context: RunContext, agent: Agent): Merchant {
  const bearer = context.apiKey;
  const { story } = context;
  let keys = 0;
  return {
    async create({ orderId, label, amount, currency, expiresIn }, times) {
      const body = { amount, currency, orderId, label, phone: '998901304527', expiresIn };
      const lives = context.bff.live();
      story.add(orderId, `the shop orders ${amount} ${currency}${times > 1 ? ` ${times} times at once` : ''}`);
      const answers = await Promise.all(
        Array.from({ length: times }, (_, nth) => {
          keys += 1;
          return requestBff(context, agent, {
            method: 'POST',
            path: '/v1/payments',
            bearer,
            body,
            key: `order-${keys}`,
            about: orderId,
            process: lives[nth % Math.max(1, lives.length)],
          });
        }),
      );
      const made = answers.filter((answer) => answer?.status === 201);
      const [first] = made;
      if (!first) return null;
      const payments = new Map(made.map((answer) => [answer?.body.payment.id, answer?.body.payment]));
      const [one, other] = [...payments.values()].sort((left, right) => left.createdAt.localeCompare(right.createdAt));
      // On a busy machine the second answer may come so late that the first payment has expired.
      if (one && other && Date.parse(other.createdAt) < Date.parse(one.expiresAt))
        context.breach('one live payment', orderId, `one order was answered with ${one.id} and ${other.id}`);
      const { payment, clientSecret } = first.body;
      story.add(orderId, `it is payment ${payment.id}`);
      return createCheckout(context, agent, { paymentId: payment.id, orderId, label, secret: clientSecret });
    },
    async payments() {
      const all: Payment[] = [];
      for (let after = '', tries = 0; ; ) {
        const answer = await requestBff(context, agent, { path: `/v1/payments?limit=100${after}`, bearer, about: null });
        if (answer?.status === 200) {
          all.push(...answer.body.payments);
          if (!answer.body.hasMore) return all;
          after = `&after=${all.at(-1)?.id}`;
        } else {
          tries += 1;
          // A minute, because a process that starts from source on a busy machine is slow.
          if (tries > 600) throw new Error(`nobody answers the merchant, or with ${answer?.status} ${answer?.body.code}`);
          await pause(100);
        }
      }
    },
    async ofOrder(orderId) {
      const answer = await requestBff(context, agent, {
        path: `/v1/payments?orderId=${orderId}&limit=100`,
        bearer,
        about: orderId,
      });
      return answer?.status === 200 ? answer.body.payments : null;
    },
    async post(paymentId, action) {
      const answer = await requestBff(context, agent, {
        method: 'POST',
        path: `/v1/payments/${paymentId}/${action}`,
        bearer,
        about: paymentId,
      });
      story.add(
        paymentId,
        `the shop asks to ${action}: ${answer ? `${answer.status} ${answer.body.code ?? answer.body.status}` : 'nobody answers'}`,
      );
    },
  };
}
