/**
 * A card that the browser sends directly to Payme: number and expiry, then the code of the SMS. The result is a token that our
 * server can charge. Everything stays in memory. Each step resolves with the problem code, or null if it succeeded.
 */
import { type EnterCardCode, type ProblemCode, paymeProblem } from '#contract';

/** Milliseconds until another SMS may be requested, where Payme names no time. */
const defaultWaitMs = 60_000;

export class DirectCard {
  /** Null until an SMS was requested. */
  sms: EnterCardCode | null = null;
  /** The code of the last SMS is no longer taken. */
  isSpent = false;
  /** Payme has confirmed the card. */
  verified = false;
  /** Payme may return a new one with each answer. */
  token = '';
  /** Whether the customer wanted the card to be saved, when it was sent. */
  readonly save: boolean;
  readonly #cashbox: Cashbox;
  readonly #now: () => number;
  #number = '';

  /** @param now The server's clock, in milliseconds since 1970. */
  constructor(cashbox: Cashbox, save: boolean, now: () => number) {
    this.#cashbox = cashbox;
    this.save = save;
    this.#now = now;
  }

  /** `expire` is `MMYY`. */
  async start(number: string, expire: string, signal: AbortSignal): Promise<ProblemCode | null> {
    const params = { card: { number, expire }, save: this.save };
    const problem = await this.#call('cards.create', params, signal);
    return problem ?? this.requestCode(signal);
  }

  async requestCode(signal: AbortSignal): Promise<ProblemCode | null> {
    const answer = await callPayme(this.#cashbox, 'cards.get_verify_code', { token: this.token }, signal);
    if (!answer.ok) return answer.problem;
    const phone = fieldAt(answer.result, 'phone');
    const wait = fieldAt(answer.result, 'wait');
    this.isSpent = false;
    const pause = typeof wait === 'number' && wait >= 0 && wait <= 600_000 ? wait : defaultWaitMs;
    this.sms = {
      kind: 'enter_card_code',
      card: this.#number,
      // Payme's text is shown only if it looks like a masked phone number.
      phone: typeof phone === 'string' && /^[\d*+ ]{1,24}$/.test(phone) ? phone : null,
      resendAt: new Date(this.#now() + pause).toISOString(),
      attemptsLeft: 0, // Payme does not report it.
      resent: this.sms !== null,
    };
    return null;
  }

  async confirm(code: string, signal: AbortSignal): Promise<ProblemCode | null> {
    if (this.verified) return null;
    const problem = await this.#call('cards.verify', { token: this.token, code }, signal);
    this.verified = problem === null;
    this.isSpent = problem === 'sms_code_expired';
    return problem;
  }

  /** Calls a method whose result is the card. */
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

export type PaymeAnswer = { ok: true; result: object } | { ok: false; problem: ProblemCode };

export interface Cashbox {
  url: string;
  cashboxId: string;
}

/** Payme usually answers within a few seconds. */
const timeoutMs = 20_000;

/**
 * Calls one method of Payme's Subscribe API with the id of the cashbox and without its key: `cards.create`,
 * `cards.get_verify_code` or `cards.verify`. Nothing is logged or stored. Payme's own texts are not used: an error becomes a
 * problem code by the table that the server uses too.
 */
export async function callPayme(
  { url, cashboxId }: Cashbox,
  method: string,
  params: object,
  signal: AbortSignal,
): Promise<PaymeAnswer> {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, timeoutMs);
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
    return toAnswer(await response.json());
  } catch {
    return { ok: false, problem: 'provider_unavailable' };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function toAnswer(body: unknown): PaymeAnswer {
  const result = fieldAt(body, 'result');
  if (typeof result === 'object' && result !== null) return { ok: true, result };
  const code = fieldAt(body, 'error', 'code');
  // Without a code the answer cannot be interpreted.
  const problem = typeof code === 'number' ? paymeProblem(code, fieldAt(body, 'error', 'data')) : 'provider_unavailable';
  return { ok: false, problem };
}

/** The value at a path inside an unvalidated answer; undefined where there is none. Inherited fields do not count. */
const fieldAt = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (within, name) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, name) ? Reflect.get(within, name) : undefined,
    value,
  );
