/** A customer with a plan of their own: who they are is fixed by the seed, what they do follows from what the page shows them. */
import { setTimeout as pause } from 'node:timers/promises';
import { actOn } from './acts.ts';
import type { Checkout, SeenView } from './checkout.ts';
import { type Currency, markets } from './market.ts';
import type { Merchant } from './merchant.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export interface Persona {
  index: number;
  random: Random;
  currency: Currency;
  amount: number;
  favourite: 'pay_code' | 'wallet' | 'card';
  /** Of a pay code: typed from paper, got by SMS, or sent by SMS. */
  by: 'paper' | 'sms' | 'reversed';
  discount: 'none' | 'some' | 'all';
  /** How often they click twice, leave what they began, go another way, end it. */
  clumsy: number;
  restless: number;
  /** Real milliseconds between two acts, on average. */
  paceMs: number;
  orderId: string;
  label: string;
  /** Simulated seconds. */
  expiresIn: number;
}

/** What they hold in their hands. */
export interface Pocket {
  /** Codes that they have and may type, the next one first. */
  codes: string[];
  discountCodes: string[];
  /** Codes that they have typed. */
  typed: Set<string>;
  /** Transfers that they made: wallet, number, minor units. */
  transfers: { wallet: string; number: string; amount: number }[];
  /** Texts that they were shown to send, and whether they did. */
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
  };
}

/** Then they put the phone away, whatever the page says. */
const mostActs = 16;
const mostPayments = 2;
const over: ReadonlySet<string> = new Set(['succeeded', 'underpaid', 'refunding', 'refunded', 'canceled', 'expired']);

/** Lives until the payment is over for them, or the schedule's customers have had their time. */
export async function live(world: World, merchant: Merchant, customer: Customer): Promise<void> {
  const { persona } = customer;
  const { random } = persona;
  let checkout = await order(world, merchant, customer);
  for (let acts = 0; acts < mostActs && checkout && !world.over(); ) {
    await pause(persona.paceMs * (0.3 + 1.4 * random.next()));
    const view: SeenView | null = await checkout.look(random.chance(0.15) ? 1 : 0);
    // Nobody answers: they wait, and try again.
    if (!view) continue;
    acts += 1;
    if (over.has(view.status) && view.action === 'none') {
      const again = (view.status === 'canceled' || view.status === 'expired') && random.chance(0.4);
      if (view.status === 'succeeded' && random.chance(0.2)) await merchant.post(view.whole.id, 'refund');
      if (!again || customer.checkouts.length >= mostPayments) return;
      checkout = await order(world, merchant, customer);
      continue;
    }
    if (random.chance(0.005)) await merchant.post(view.whole.id, 'cancel');
    await actOn(world, customer, checkout, view);
  }
}

async function order(world: World, merchant: Merchant, customer: Customer): Promise<Checkout | null> {
  const { random } = customer.persona;
  while (!world.over()) {
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
