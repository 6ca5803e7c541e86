/** The customers' phones: the SMS they sent and received, and their fees. An SMS may take a while to arrive. */
import { generateCodes } from './code-book.ts';
import { type Environment, useCode } from './environment.ts';
import { RpcError } from './rpc-error.ts';
import { type SmsLine, smsLines } from './sms-lines.ts';

/** An SMS on a phone. `mo`: sent by the customer. `mt`: received. */
export interface Sms {
  /** When it was sent: ISO 8601, by the simulated clock. */
  at: string;
  from: string;
  to: string;
  text: string;
  direction: 'mo' | 'mt';
}

/** The fee of one SMS to a short number: once, even where the network delivers it twice. Wrong texts cost the same. */
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
  /** How long it takes to arrive, milliseconds of the simulated clock. */
  delayMs: number;
  /** Whether the network delivers it twice. */
  duplicate: boolean;
}

/** The SMS on the phones, and those that have not arrived. */
export interface SmsBookState {
  underway: readonly Arrival[];
  sms: readonly Sms[];
  charges: readonly Charge[];
}

export interface SmsBook {
  /** @returns The immediate reply; null where the SMS has not arrived yet. */
  send(order: SmsOrder, environment: Environment): string | null;
  /** Delivers every SMS that is due, each at its own time. */
  settle(environment: Environment): void;
  sms(): readonly Sms[];
  charges(): readonly Charge[];
  reset(): void;
  state(): SmsBookState;
  /** Replaces the whole state. */
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

  function arrive(arrival: Arrival, environment: Environment): void {
    const { from, to, text, duplicate } = arrival;
    const at = new Date(environment.now).toISOString();
    const line = smsLines.find(({ number }) => number === to);
    if (line) fees.push({ at, from, number: to, price: line.grossPrice, currency: line.currency });
    const answers = takeSms({ to, text }, duplicate ? 2 : 1, environment);
    phone.push(...answers.map((answer): Sms => ({ at, from: to, to: from, text: answer, direction: 'mt' })));
    arrival.answer = answers[0] ?? null;
  }

  const settle = (environment: Environment) => {
    const due = underway.filter((arrival) => arrival.due <= environment.now).sort((one, other) => one.due - other.due);
    underway = underway.filter((arrival) => arrival.due > environment.now);
    for (const arrival of due) arrive(arrival, { ...environment, now: arrival.due });
  };

  return {
    send(order, environment) {
      const { from, to, text, delayMs } = order;
      phone.push({ at: new Date(environment.now).toISOString(), from, to, text, direction: 'mo' });
      const arrival: Arrival = { ...order, due: environment.now + delayMs, answer: null };
      underway.push(arrival);
      settle(environment);
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

/** The creator of codes that are requested by SMS, and the client of codes that are sent. */
const creator = 'sandbox-sms';
const client = 'sms:sandbox';

/** Handles an SMS as the SMS company does, which calls PayCodes like any client. @returns One reply for each delivery. */
function takeSms({ to, text }: { to: string; text: string }, deliveries: number, environment: Environment): string[] {
  const each = (answer: () => string) => Array.from({ length: deliveries }, answer);
  const matches = matchingLines(text);
  const match = matches.find(({ line }) => line.number === to);
  if (matches.length > 0 && !match) return each(() => 'Wrong number');
  if (!match) return each(() => (smsLines.some((line) => line.number === to) ? 'Unknown keyword' : 'Wrong number'));
  const { line, rest } = match;
  if (line.codeIn === 'text') return each(() => (used(line, rest, environment) ? 'Thank you' : 'Code not valid'));
  // A second delivery has the same message id, so the company knows that it was paid once and answers the same code.
  const code = rest === '' ? generated(line, environment) : undefined;
  return each(() => (code ? `Your code: ${code}` : 'Unknown keyword'));
}

/** The lines whose keyword begins the text, with what follows it. Case and outer spaces do not matter. */
function matchingLines(text: string): { line: SmsLine; rest: string }[] {
  const words = text.trim().toUpperCase();
  return smsLines.flatMap((line) => {
    const rest = words.slice(line.keyword.length);
    return words.startsWith(line.keyword) && /^($|[ .])/.test(rest) ? [{ line, rest: rest.replace(/^[ .]+/, '') }] : [];
  });
}

const generated = ({ ruleSlug }: SmsLine, environment: Environment) =>
  generateCodes(environment.book, { rule_slug: ruleSlug, creator }, 1, environment.now)[0];

function used({ ruleSlug }: SmsLine, code: string, environment: Environment): boolean {
  try {
    return useCode(environment, code, ruleSlug, client);
  } catch (cause) {
    if (cause instanceof RpcError) return false;
    throw cause;
  }
}
