/** A customer. The seed fixes their character, and what the page shows decides what they do. */
import { setTimeout as pause } from 'node:timers/promises';
import { actOn } from './acts.ts';
import type { Checkout, SeenView } from './checkout.ts';
import type { RunContext } from './context.ts';
import { type Currency, markets } from './market.ts';
import type { Merchant } from './merchant.ts';
import type { Random } from './random.ts';

export interface Persona {
  index: number;
  random: Random;
  currency: Currency;
  amount: number;
  favourite: 'pay_code' | 'wallet' | 'card';
  /** For pay codes: typed from paper, received by SMS, or sent by SMS. */
  by: 'paper' | 'sms' | 'reversed';
  discount: 'none' | 'some' | 'all';
  /** Probabilities of clicking twice, abandoning, choosing another method, and canceling. */
  clumsy: number;
  restless: number;
  /** Average real milliseconds between two acts. */
  paceMs: number;
  orderId: string;
  label: string;
  /** Simulated seconds. */
  expiresIn: number;
  /** After so many acts they stop, whatever the page shows. */
  acts: number;
}

/** What the customer has: codes, transfers, texts. */
export interface Pocket {
  /** Codes that they can type, the next one first. */
  codes: string[];
  discountCodes: string[];
  /** Codes that they have typed. */
  typed: Set<string>;
  /** Transfers that they made: wallet, number, minor units. */
  transfers: { wallet: string; number: string; amount: number }[];
  /** Texts that the page showed, and whether they were sent. */
  texts: Map<string, boolean>;
  smsSent: number;
}

export interface Customer {
  persona: Persona;
  pocket: Pocket;
  /** All payments of their order, oldest first. */
  checkouts: Checkout[];
}

export function createPersona(seed: Random, index: number): Persona {
  const random = seed.fork(`customer ${index}`);
  const currency = random.weighted({ PLN: 4, MMK: 3, UZS: 3 });
  const own = { PLN: 'pay_code', MMK: 'wallet', UZS: 'card' } as const;
  const discount = random.weighted({ none: 7, some: 2.5, all: 0.5 });
  const market = markets[currency];
  return {
    index,
    random,
    currency,
    favourite: random.chance(0.8) ? own[currency] : 'pay_code',
    by: random.weighted({ paper: 5, sms: 2, reversed: 2 }),
    discount,
    amount: market.price + (discount === 'some' ? market.deduction : 0),
    clumsy: random.pick([0.05, 0.2, 0.5]),
    restless: random.pick([0.02, 0.1, 0.3]),
    paceMs: random.between(30, 350),
    orderId: `order-${index}`,
    label: `label-${Math.floor(index / 2)}`,
    expiresIn: random.pick([120, 300, 1_800, 3_600, 3_600]),
    acts: mostActs,
  };
}

export const mostActs = 16;
const mostPayments = 2;
const over: ReadonlySet<string> = new Set(['succeeded', 'underpaid', 'refunding', 'refunded', 'canceled', 'expired']);

/** Acts until the payment is over for them, or the first phase has ended. */
export async function live(context: RunContext, merchant: Merchant, customer: Customer): Promise<void> {
  const { persona } = customer;
  const { random } = persona;
  let checkout = await order(context, merchant, customer);
  for (let acts = 0; acts < persona.acts && checkout && !context.over(); ) {
    await pause(persona.paceMs * (0.3 + 1.4 * random.next()));
    const view: SeenView | null = await checkout.look(random.chance(0.15) ? 1 : 0);
    // Without an answer they wait and try again.
    if (!view) continue;
    acts += 1;
    if (over.has(view.status) && view.action === 'none') {
      const again = (view.status === 'canceled' || view.status === 'expired') && random.chance(0.4);
      if (view.status === 'succeeded' && random.chance(0.2)) await merchant.post(view.whole.id, 'refund');
      if (!again || customer.checkouts.length >= mostPayments) return;
      checkout = await order(context, merchant, customer);
      continue;
    }
    if (random.chance(0.005)) await merchant.post(view.whole.id, 'cancel');
    await actOn(context, customer, checkout, view);
  }
}

async function order(context: RunContext, merchant: Merchant, customer: Customer): Promise<Checkout | null> {
  const { random } = customer.persona;
  while (!context.over()) {
    const made = await merchant.create(customer.persona, random.chance(0.3) ? 2 : 1);
    if (made) {
      const standing = customer.checkouts.find(({ paymentId }) => paymentId === made.paymentId);
      if (!standing) customer.checkouts.push(made);
      return standing ?? made;
    }
    await pause(120);
  }
  return null;
}
