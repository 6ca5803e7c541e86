/**
 * The shop's checkout page in a real browser, driven as the QA page drives its preview. The clocks move by a second before each
 * click.
 */
import type { Page } from 'playwright-core';
import type { PaymentView } from '#contract';
import type { CheckoutOnShow } from '../../demo/page/checkout-on-show.ts';
import type { FrozenDemo } from '../golden/frozen-demo.ts';

type Desk = HTMLElement & {
  view: PaymentView | null;
  error: object | null;
  clientSecret: string;
  submit(): Promise<unknown>;
  refresh(): Promise<void>;
};

export class CheckoutInBrowser implements CheckoutOnShow {
  view: PaymentView | null = null;
  clientSecret = '';
  readonly #page: Page;
  readonly #frozen: FrozenDemo;
  #typed: string | null = null;
  #opening: Promise<void> = Promise.resolve();

  constructor(page: Page, frozen: FrozenDemo) {
    this.#page = page;
    this.#frozen = frozen;
  }

  show(address: string): void {
    this.#opening = this.#open(address);
  }

  async #open(address: string): Promise<void> {
    await this.#frozen.secondPasses();
    await this.#page.goto(this.#frozen.origins.shop + address);
    await this.#page.locator('pay-desk').waitFor();
  }

  async ready(): Promise<void> {
    await this.#opening;
    await this.#page.waitForFunction(() => {
      const element = document.querySelector<Desk>('pay-desk');
      return element && (element.view ?? element.error);
    });
    await this.#look();
  }

  async refresh(): Promise<void> {
    await this.#frozen.secondPasses();
    await this.#page.evaluate(() => document.querySelector<Desk>('pay-desk')?.refresh());
    await this.#look();
  }

  /** Stores the text, which is typed at the submit. */
  fill(text: string): boolean {
    if (!this.view || !/^(choose|enter_code|transfer|send_sms)$/.test(this.view.nextAction.kind)) return false;
    this.#typed = text;
    return true;
  }

  async submit(): Promise<void> {
    await this.#frozen.secondPasses();
    if (this.#typed !== null) await this.#page.locator('pay-desk input[type=text]').first().fill(this.#typed);
    this.#typed = null;
    // A click that is not awaited may end after the page.
    const clicked = this.#page.evaluate(() => document.querySelector<Desk>('pay-desk')?.submit());
    await clicked.then(() => this.#look()).catch(() => undefined);
  }

  async toWallets(walletType: string): Promise<void> {
    await this.#page.evaluate((type) => {
      Object.assign(document.querySelector('pay-desk') ?? {}, { method: 'wallet', walletType: type });
    }, walletType);
    await this.#page.locator('pay-desk pay-wallet-form form').waitFor();
  }

  async addPicture(): Promise<void> {
    await this.#page
      .locator('pay-desk input[type=file]')
      .setInputFiles({ name: 'transfer.png', mimeType: 'image/png', buffer: picture });
  }

  async leaveTransfer(): Promise<void> {
    await this.#frozen.secondPasses();
    await this.#page.locator('pay-desk pay-wallet-form .secondary[type=button]').click();
    await this.#page.waitForFunction(() => document.querySelector<Desk>('pay-desk')?.view?.nextAction.kind !== 'transfer');
    await this.#look();
  }

  async submitCard(): Promise<void> {
    await this.#page.waitForFunction(() => {
      const frame = document
        .querySelector('pay-desk')
        ?.shadowRoot?.querySelector<HTMLElement & { complete: boolean }>('pay-card-frame');
      return frame?.complete === true;
    });
    await this.submit();
  }

  async #look(): Promise<void> {
    const seen = await this.#page.evaluate(() => {
      const element = document.querySelector<Desk>('pay-desk');
      return { view: element?.view ?? null, clientSecret: element?.clientSecret ?? '' };
    });
    Object.assign(this, seen);
    this.#frozen.clientSecret = seen.clientSecret;
  }
}

/** One white pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
