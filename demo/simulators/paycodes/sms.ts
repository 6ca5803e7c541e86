/** The customers' phones: what they sent, what came back, and what it cost them. An SMS may be on its way for a while. */
import { smsLines } from './sms-lines.ts';
import { takeSms } from './take-sms.ts';
import type { World } from './world.ts';

/** An SMS on a phone. `mo`: the customer sent it · `mt`: it came. */
export interface Sms {
  /** When it was sent: ISO 8601, by the simulated clock. */
  at: string;
  from: string;
  to: string;
  text: string;
  direction: 'mo' | 'mt';
}

/** The fee of one SMS to a short number: once, however often the network delivers it. Wrong texts cost the same. */
export interface Charge {
  /** When it arrived. */
  at: string;
  /** The phone that pays. */
  from: string;
  number: string;
  /** Gross, in minor units. */
  price: number;
  currency: string;
}

export interface SmsOrder {
  from: string;
  to: string;
  text: string;
  /** How long it is on its way, in milliseconds of the simulated clock. */
  delayMs: number;
  /** The network delivers it twice. */
  duplicate: boolean;
}

/** What the phones hold, and what is on its way to them. */
export interface SmsBookState {
  underway: readonly Arrival[];
  sms: readonly Sms[];
  charges: readonly Charge[];
}

export interface SmsBook {
  /** @returns what came back at once; null: it is still on its way */
  send(order: SmsOrder, world: World): string | null;
  /** Lets all arrive that is due, each at its own time. */
  settle(world: World): void;
  sms(): readonly Sms[];
  charges(): readonly Charge[];
  reset(): void;
  state(): SmsBookState;
  /** Takes the place of all that was there. */
  load(state: SmsBookState): void;
}

export interface Arrival extends SmsOrder {
  due: number;
  answer: string | null;
}

export function createSmsBook(): SmsBook {
  let underway: Arrival[] = [];
  let phone: Sms[] = [];
  let fees: Charge[] = [];

  function arrive(arrival: Arrival, world: World): void {
    const { from, to, text, duplicate } = arrival;
    const at = new Date(world.now).toISOString();
    const line = smsLines.find(({ number }) => number === to);
    if (line) fees.push({ at, from, number: to, price: line.grossPrice, currency: line.currency });
    const answers = takeSms({ to, text }, duplicate ? 2 : 1, world);
    phone.push(...answers.map((answer): Sms => ({ at, from: to, to: from, text: answer, direction: 'mt' })));
    arrival.answer = answers[0] ?? null;
  }

  const settle = (world: World) => {
    const due = underway.filter((arrival) => arrival.due <= world.now).sort((one, other) => one.due - other.due);
    underway = underway.filter((arrival) => arrival.due > world.now);
    for (const arrival of due) arrive(arrival, { ...world, now: arrival.due });
  };

  return {
    send(order, world) {
      const { from, to, text, delayMs } = order;
      phone.push({ at: new Date(world.now).toISOString(), from, to, text, direction: 'mo' });
      const arrival: Arrival = { ...order, due: world.now + delayMs, answer: null };
      underway.push(arrival);
      settle(world);
      return arrival.answer;
    },
    settle,
    sms: () => phone,
    charges: () => fees,
    reset() {
      underway = [];
      phone = [];
      fees = [];
    },
    state: () => ({ underway, sms: phone, charges: fees }),
    load(state) {
      underway = state.underway.map((arrival) => ({ ...arrival }));
      phone = [...state.sms];
      fees = [...state.charges];
    },
  };
}
