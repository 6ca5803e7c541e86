/** The line to one payment at the BFF. Where the secret no longer opens the payment and the page can mint another, it is asked for once. */

import type { DeskProblem } from './bff-client.ts';
import { type Answer, type BffClient, createBffClient, lost } from './bff-client.ts';

/** Where the payment is, and its secret or the way to get one from the merchant's page. */
export interface PaymentSource {
  apiBase: string;
  clientSecret: string | null;
  fetchClientSecret: (() => Promise<string>) | null;
}

export class PaymentConnection {
  readonly source: PaymentSource;
  /** What opens it now. */
  secret: string | null = null;
  #client: BffClient | null = null;
  #renewed = Number.NEGATIVE_INFINITY;

  constructor(source: PaymentSource) {
    this.source = source;
  }

  /** The first look at the payment; null where the page has not said which one. */
  async open(signal: AbortSignal): Promise<Answer | null> {
    const { clientSecret, fetchClientSecret } = this.source;
    const secret = clientSecret ?? (await this.#mint());
    if (signal.aborted || (!secret && !fetchClientSecret)) return null;
    return this.#orRenewed(await this.#connect(secret, signal), signal);
  }

  /** What the BFF answers, at the second try with a fresh secret if need be. */
  async ask(call: (client: BffClient) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    if (!this.#client) return lost;
    const first = await call(this.#client);
    const fresh = await this.#orRenewed(first, signal);
    return fresh !== first && fresh.ok ? call(this.#client) : fresh;
  }

  /** The answer itself, or what a fresh secret reads. */
  async #orRenewed(answer: Answer, signal: AbortSignal): Promise<Answer> {
    if (answer.ok || !isStale(answer.problem) || !this.source.fetchClientSecret || signal.aborted) return answer;
    if (performance.now() - this.#renewed < 60_000) return answer; // a page that mints dead secrets is not asked in a loop
    this.#renewed = performance.now();
    const secret = await this.#mint();
    return signal.aborted ? answer : this.#connect(secret, signal);
  }

  async #connect(secret: string | null, signal: AbortSignal): Promise<Answer> {
    if (!secret) return lost;
    // `data:` could answer whatever the page likes, and nobody would be asked.
    if (!/^https?:/i.test(this.source.apiBase)) {
      console.error('Pay Desk: api-base must begin with https: or http:');
      return lost;
    }
    this.secret = secret;
    this.#client = createBffClient(this.source.apiBase, secret);
    return this.#client.read(signal);
  }

  async #mint(): Promise<string | null> {
    return (await this.source.fetchClientSecret?.().catch(() => null)) ?? null;
  }
}

/** The secret does not open the payment, or no longer. */
export const isStale = ({ code }: DeskProblem): boolean => code === 'unauthorized' || code === 'not_found';
