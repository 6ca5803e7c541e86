/**
 * A card that goes straight from here to Payme: number and expiry, then the code of the SMS. What is left is a token that our server can pay
 * by. All of it is in memory only. Each step gives the problem it met, or null.
 */
import { type EnterCardCode, type ProblemCode, paymeProblem } from '#contract';

/** Milliseconds before another code, where Payme does not say. */
const usualWait = 60_000;

export class DirectCard {
  /** What the customer has to do with the SMS; null until it was asked for. */
  sms: EnterCardCode | null = null;
  /** Payme has confirmed the card. */
  verified = false;
  /** A key to the card. Payme may give a new one with each answer. */
  token = '';
  /** As the customer wished when the card was made. */
  readonly save: boolean;
  readonly #cashbox: Cashbox;
  readonly #now: () => number;
  #number = '';

  /** `now`: the server's clock, in milliseconds since 1970. */
  constructor(cashbox: Cashbox, save: boolean, now: () => number) {
    this.#cashbox = cashbox;
    this.save = save;
    this.#now = now;
  }

  /** `expire` is `MMYY`. */
  async start(number: string, expire: string, signal: AbortSignal): Promise<ProblemCode | null> {
    const params = { card: { number, expire }, save: this.save };
    const problem = await this.#call('cards.create', params, signal);
    return problem ?? this.askForCode(signal);
  }

  async askForCode(signal: AbortSignal): Promise<ProblemCode | null> {
    const answer = await callPayme(this.#cashbox, 'cards.get_verify_code', { token: this.token }, signal);
    if (!answer.ok) return answer.problem;
    const { phone, wait } = answer.result as Record<string, unknown>;
    const pause = typeof wait === 'number' && wait >= 0 && wait <= 600_000 ? wait : usualWait;
    this.sms = {
      kind: 'enter_card_code',
      card: this.#number,
      phone: typeof phone === 'string' && /^[\d*+ ]{1,24}$/.test(phone) ? phone : null, // a phone, and no other word of Payme's
      resendAt: new Date(this.#now() + pause).toISOString(),
      attemptsLeft: 0, // Payme does not say
      resent: this.sms !== null,
    };
    return null;
  }

  async confirm(code: string, signal: AbortSignal): Promise<ProblemCode | null> {
    if (this.verified) return null;
    const problem = await this.#call('cards.verify', { token: this.token, code }, signal);
    this.verified = problem === null;
    return problem;
  }

  /** A call that answers with the card. */
  async #call(method: string, params: object, signal: AbortSignal): Promise<ProblemCode | null> {
    const answer = await callPayme(this.#cashbox, method, params, signal);
    if (!answer.ok) return answer.problem;
    const token = fieldAt(answer.result, 'card', 'token');
    const number = fieldAt(answer.result, 'card', 'number');
    if (typeof token === 'string') this.token = token;
    if (typeof number === 'string') this.#number = number;
    return this.token ? null : 'provider_unavailable';
  }
}

/**
 * One call of Payme's Subscribe API from the browser, as the cashbox and without its key. Source: `cards.create`, `cards.get_verify_code`,
 * `cards.verify`. Nothing of it is logged or stored, and no text of Payme's is read: an answer is a result, or a problem of the shared table.
 */
export type PaymeAnswer = { ok: true; result: object } | { ok: false; problem: ProblemCode };

export interface Cashbox {
  url: string;
  cashboxId: string;
}

/** At the longest; Payme answers within a few seconds. */
const patienceMs = 20_000;

export async function callPayme(
  { url, cashboxId }: Cashbox,
  method: string,
  params: object,
  signal: AbortSignal,
): Promise<PaymeAnswer> {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, patienceMs);
  signal.addEventListener('abort', stop);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'X-Auth': cashboxId },
      body: JSON.stringify({ id: 1, method, params }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: end.signal,
    });
    return understand(await response.json());
  } catch {
    return { ok: false, problem: 'provider_unavailable' };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function understand(body: unknown): PaymeAnswer {
  const result = fieldAt(body, 'result');
  if (typeof result === 'object' && result !== null) return { ok: true, result };
  const code = fieldAt(body, 'error', 'code');
  // Without a code it is no answer that we can interpret.
  const problem = typeof code === 'number' ? paymeProblem(code, fieldAt(body, 'error', 'data')) : 'provider_unavailable';
  return { ok: false, problem };
}

/** What stands at a path inside an answer that nobody has checked; undefined where nothing does. */
export const fieldAt = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (within, name) => (typeof within === 'object' && within !== null ? Reflect.get(within, name) : undefined),
    value,
  );
