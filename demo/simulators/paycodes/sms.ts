/** The customers' phones: what they sent, what came back, and what it cost them. An SMS may be on its way for a while. */

import { generateCodes } from './code-book.ts';
import { RpcError } from './rpc-error.ts';
import { type SmsLine, smsLines } from './sms-lines.ts';
import { useCode, type World } from './world.ts';

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

/** What the SMS company does with an SMS that came in, and what it answers. It calls PayCodes as any client would. */
/** Who made a code that was asked for by SMS, and who used one that was sent. */
const creator = 'sandbox-sms';
const client = 'sms:sandbox';

/** @returns one text for each time that the network delivered the SMS */
export function takeSms({ to, text }: { to: string; text: string }, deliveries: number, world: World): string[] {
  const each = (answer: () => string) => Array.from({ length: deliveries }, answer);
  const said = linesOf(text);
  const meant = said.find(({ line }) => line.number === to);
  if (said.length > 0 && !meant) return each(() => 'Wrong number');
  if (!meant) return each(() => (smsLines.some((line) => line.number === to) ? 'Unknown keyword' : 'Wrong number'));
  const { line, rest } = meant;
  if (line.codeIn === 'text') return each(() => (used(line, rest, world) ? 'Thank you' : 'Code not valid'));
  // The network's copy bears the same message id, which is how the company knows that it was paid once: the same code again.
  const code = rest === '' ? generated(line, world) : undefined;
  return each(() => (code ? `Your code: ${code}` : 'Unknown keyword'));
}

/** The lines whose keyword a text begins with, and what follows it; phones write capitals and spaces as they like. */
function linesOf(text: string): { line: SmsLine; rest: string }[] {
  const words = text.trim().toUpperCase();
  return smsLines.flatMap((line) => {
    const rest = words.slice(line.keyword.length);
    return words.startsWith(line.keyword) && /^($|[ .])/.test(rest) ? [{ line, rest: rest.replace(/^[ .]+/, '') }] : [];
  });
}

const generated = ({ ruleSlug }: SmsLine, world: World) =>
  generateCodes(world.book, { rule_slug: ruleSlug, creator }, 1, world.now)[0];

function used({ ruleSlug }: SmsLine, code: string, world: World): boolean {
  try {
    return useCode(world, code, ruleSlug, client);
  } catch (cause) {
    if (cause instanceof RpcError) return false;
    throw cause;
  }
}
