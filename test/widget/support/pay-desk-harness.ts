/** A harness for the checkout: what a customer sees, and what they can do with keys and pointer. */
import { aTimeout, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { PayDesk } from '../../../widget/index.ts';
import '../../../widget/index.ts';
import type { FakeBff } from './fake-bff.ts';
import { waitFor } from './wait-for.ts';

export type Options = Partial<
  Pick<PayDesk, 'locale' | 'theme' | 'methods' | 'method' | 'noSubmitButton' | 'disabled' | 'clientSecret'>
>;

export class PayDeskHarness {
  readonly checkout: PayDesk;

  constructor(checkout: PayDesk) {
    this.checkout = checkout;
  }

  /** Opens a checkout on a page with a background of its theme, and waits until it is drawn. */
  static async open<Harness extends PayDeskHarness>(
    this: new (
      checkout: PayDesk,
    ) => Harness,
    bff: FakeBff,
    options: Options = {},
  ): Promise<Harness> {
    const harness = new this((await PayDeskHarness.place(bff, options)).checkout);
    await harness.until(
      () => harness.checkout.dataset.status !== 'loading' && harness.root.querySelector('.bone') === null && harness.drawn,
      'the checkout to be drawn',
    );
    return harness;
  }

  /** Waits until all finite animations have ended, so that contrast and positions can be measured. */
  async rest(): Promise<void> {
    const passing = this.root
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.allSettled(passing.map(({ finished }) => finished));
  }

  /** Places a checkout on a page without waiting for the payment. */
  static async place(bff: FakeBff, { clientSecret = bff.secret, locale = 'en', theme = 'light', ...rest }: Options = {}) {
    const checkout = document.createElement('pay-desk');
    Object.assign(checkout, { apiBase: bff.origin, clientSecret, locale, theme, ...rest });
    const ground = theme === 'dark' ? 'background:#151d1a' : 'background:#fff';
    await fixture(html`<main style="padding:20px;max-width:440px;${ground}">${checkout}</main>`);
    return new PayDeskHarness(checkout);
  }

  /**
   * The visible text without its times, after a problem was announced; its form may have to load first.
   * @param countsDown False where the later screens, which show how long to wait, do not load.
   */
  async everything(countsDown = true): Promise<string> {
    await this.until(() => !this.checkout.error || this.assertive, 'the announcement');
    // The wait stands on the button once the texts of the later screens have loaded.
    const { problem } = this.checkout.view ?? {};
    const waits = countsDown && problem?.code === 'too_many_attempts' && problem.retryAt !== undefined;
    await this.until(() => !waits || /\d:\d\d/.test(words(this.button)), 'the wait');
    await this.rest();
    return this.text.replace(/(Try again in|Time left:|New code in) [\d:]+ ?|\d+:\d\d/g, '');
  }

  /** The form for wallets, cards or SMS has loaded, with its texts, if one is needed. */
  get drawn(): boolean {
    return this.root.querySelector('pay-wallet-form, pay-card-form, pay-sms-form')?.childElementCount !== 0;
  }

  get root(): ShadowRoot {
    if (!this.checkout.shadowRoot) throw new Error('the checkout is not drawn');
    return this.checkout.shadowRoot;
  }

  get field(): HTMLInputElement {
    return this.#part('input') as HTMLInputElement;
  }

  get button(): HTMLButtonElement {
    return this.#part('submit') as HTMLButtonElement;
  }

  /** The text under the field. */
  get note(): string {
    return words(this.root.getElementById(this.field.getAttribute('aria-describedby') ?? ''));
  }

  get heading(): string {
    return words(this.root.querySelector('h2'));
  }

  /** All visible text. */
  get text(): string {
    return words(this.root.querySelector('[part=root]'));
  }

  get polite(): string {
    return words(this.root.querySelector('[aria-live=polite]'));
  }

  get assertive(): string {
    return words(this.root.querySelector('[role=alert]'));
  }

  get focused(): Element | null {
    return this.root.activeElement;
  }

  has(part: string): boolean {
    return this.root.querySelector(`[part=${part}]`) !== null;
  }

  /** The button with this text or accessible name. */
  buttonNamed(words: string): HTMLButtonElement | undefined {
    // Without the line about it.
    const textOf = (button: HTMLButtonElement) =>
      button.textContent?.replace(button.querySelector('small')?.textContent ?? '', '');
    return [...this.root.querySelectorAll('button')].find(
      (button) => (button.getAttribute('aria-label') ?? textOf(button) ?? '').trim() === words,
    );
  }

  async type(text: string): Promise<void> {
    if (this.focused !== this.field) this.field.focus();
    await sendKeys({ type: text });
    await this.checkout.updateComplete;
  }

  async press(key: string): Promise<void> {
    await sendKeys({ press: key });
    await this.checkout.updateComplete;
  }

  /** Pastes at the caret, in place of the selection. */
  async paste(text: string): Promise<void> {
    this.field.focus();
    document.execCommand('insertText', false, text);
    await this.checkout.updateComplete;
  }

  async click(): Promise<void> {
    this.button.click();
    await this.checkout.updateComplete;
  }

  /** Types a code and confirms it by Enter. */
  async pay(code: string): Promise<void> {
    await this.type(code);
    await this.press('Enter');
  }

  async until(seen: () => unknown, what: string): Promise<void> {
    await waitFor(seen, what).catch((error: Error) => {
      throw new Error(`${error.message}; the checkout (${this.checkout.dataset.status}) says: ${this.text}`);
    });
  }

  /** Waits until anything that was about to be sent has been sent. */
  async nothingMore(): Promise<void> {
    await aTimeout(0);
    await this.checkout.updateComplete;
    await fetch('/mockServiceWorker.js'); // answered after all earlier requests
  }

  #part(name: string): Element {
    const found = this.root.querySelector(`[part=${name}]`);
    if (!found) throw new Error(`no ${name} to be seen; the checkout says: ${this.text}`);
    return found;
  }
}

const words = (element: Element | null) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
