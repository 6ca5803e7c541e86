/**
 * The connection to one payment at the BFF. Where the client secret no longer opens it, the merchant's page is asked once for a
 * new one.
 */

import type { DeskProblem } from '#contract';
import { type Answer, type BffClient, createBffClient, lost } from './bff-client.ts';

/** Which payment to open: its client secret, or the page's function that fetches one. */
export interface PaymentSource {
  apiBase: string;
  clientSecret: string | null;
  fetchClientSecret: (() => Promise<string>) | null;
}

/** A page whose new secrets do not work either is asked at most once in this time. */
const renewalIntervalMs = 60_000;

export class PaymentConnection {
  readonly source: PaymentSource;
  /** The secret that opens the payment now; null before the first try. */
  secret: string | null = null;
  #client: BffClient | null = null;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(source: PaymentSource) {
    this.source = source;
  }

  /** Reads the payment for the first time; null where the page has not said which payment. */
  async open(signal: AbortSignal): Promise<Answer | null> {
    const { clientSecret, fetchClientSecret } = this.source;
    const secret = clientSecret ?? (await this.#fetchSecret());
    if (signal.aborted || (!secret && !fetchClientSecret)) return null;
    return this.#orWithNewSecret(await this.#connect(secret, signal), signal);
  }

  /** Calls the BFF, a second time with a new secret if need be. */
  async ask(call: (client: BffClient) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    if (!this.#client) return lost;
    const first = await call(this.#client);
    const renewed = await this.#orWithNewSecret(first, signal);
    return renewed !== first && renewed.ok ? call(this.#client) : renewed;
  }

  /** The answer itself, or the view that a new secret reads. */
  async #orWithNewSecret(answer: Answer, signal: AbortSignal): Promise<Answer> {
    if (answer.ok || !isStale(answer.problem) || !this.source.fetchClientSecret || signal.aborted) return answer;
    if (performance.now() - this.#renewedAt < renewalIntervalMs) return answer;
    this.#renewedAt = performance.now();
    const secret = await this.#fetchSecret();
    return signal.aborted ? answer : this.#connect(secret, signal);
  }

  async #connect(secret: string | null, signal: AbortSignal): Promise<Answer> {
    if (!secret) return lost;
    // A `data:` address could answer whatever the page likes, without any server.
    if (!/^https?:/i.test(this.source.apiBase)) {
      console.error('Pay Desk: api-base must begin with https: or http:');
      return lost;
    }
    this.secret = secret;
    this.#client = createBffClient(this.source.apiBase, secret);
    return this.#client.read(signal);
  }

  async #fetchSecret(): Promise<string | null> {
    return (await this.source.fetchClientSecret?.().catch(() => null)) ?? null;
  }
}

/** The secret does not open the payment, or no longer does. */
export const isStale = ({ code }: DeskProblem): boolean => code === 'unauthorized' || code === 'not_found';

export const isSameSource = (one: PaymentSource | undefined, other: PaymentSource): boolean =>
  Object.entries(other).every(([name, value]) => one?.[name as keyof PaymentSource] === value);

const slowAfterMs = 4000;

/** Calls `onSlow` with true when the work takes longer than usual, and with false when it is over. */
export async function withSlowNotice<T>(work: Promise<T>, onSlow: (slow: boolean) => void): Promise<T> {
  const timer = setTimeout(onSlow, slowAfterMs, true);
  return work.finally(() => {
    clearTimeout(timer);
    onSlow(false);
  });
}
