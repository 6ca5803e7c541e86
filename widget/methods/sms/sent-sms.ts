/**
 * Whether the customer has sent the SMS, as far as the page can know: they have opened the SMS app and come back, they say so, or they
 * have typed a code. From then on nothing may invite them to send it once more, because each SMS costs money. It is kept over a reload:
 * a phone may unload the page while the SMS app covers it.
 */
import type { LitElement } from 'lit';
import { ofDocument, withStorage } from '../../browser.ts';

export class SentSms {
  readonly #host: LitElement;
  readonly #attempt: () => string | undefined;
  /** The attempt whose SMS was sent. */
  #sent: string | undefined;

  /** @param attempt The id of the attempt that the SMS belongs to. */
  constructor(host: LitElement, attempt: () => string | undefined) {
    this.#host = host;
    this.#attempt = attempt;
  }

  get known(): boolean {
    const attempt = this.#attempt();
    return !!attempt && (this.#sent === attempt || withStorage((storage) => storage.getItem(storedName)) === attempt);
  }

  /** Nothing happens where it is known already. */
  remember(): void {
    if (this.known) return;
    this.#sent = this.#attempt();
    this.#store();
    this.#host.requestUpdate();
  }

  /** The app covers the page. When the customer is back, the code is what they have in hand. */
  readonly onOpen = () => ofDocument('addEventListener')('visibilitychange', this.#onVisibility);

  readonly #onVisibility = () => {
    if (ofDocument('hidden')) return this.#store();
    ofDocument('removeEventListener')('visibilitychange', this.#onVisibility);
    this.remember();
    const { updateComplete } = this.#host;
    void updateComplete.then(() => {
      const field = this.#host.querySelector('input');
      (field ?? this.#host.querySelector<HTMLElement>('.title'))?.focus();
    });
  };

  readonly #store = () => {
    const attempt = this.#attempt();
    if (attempt) withStorage((storage) => storage.setItem(storedName, attempt));
  };
}

/** The newest one is enough: a payment has one SMS at a time. */
const storedName = 'pay-desk:sms-sent';
