/** Makes payments and brings them into the state that a tester wants, by what customers, merchants, networks and clocks do. */

import type { CheckoutOnShow } from './checkout-on-show.ts';
import { CardCustomer, guessWrongly } from './customers.ts';
import { answerLost, readsFail } from './faults.ts';
import { parseAmount } from './money.ts';
import type { LineMode, OrderView, SecretOnPage, Seller } from './qa-api.ts';
import type { OpenPayment } from './qa-client.ts';
import { qaClient } from './qa-client.ts';
import type { Settings } from './qa-events.ts';
import type { Fault, PostbackOrder } from './simulator-api.ts';

/** The page, as far as the runner needs it. */
export interface RunnerPage {
  readonly settings: Settings;
  readonly stage: CheckoutOnShow;
  readonly bffUrl: string;
  choose(change: Partial<Settings>): void;
  /** Shows the checkout at this address. */
  show(address: string): void;
  /** A payment was made, and what was asked for it began at this time. Only a page with a timeline needs to know. */
  begun?(order: OrderView, since: Date): void;
}

export interface Opening {
  /** Seconds until the payment expires. */
  lifetime?: number;
  secret?: SecretOnPage;
  /** The customer's phone, where the shop knows it. */
  phone?: string;
  seller?: Seller;
  /** The payment methods that the page leaves, as the attribute `methods`. */
  methods?: string;
  /** Whether the checkout calls the BFF through `/qa/line`, which can be slow, cut and so on. */
  line?: boolean;
  /** Whether to wait until the payment is drawn or could not be opened; default: true. */
  wait?: boolean;
}

export class ScenarioRunner {
  #order: OrderView | null = null;
  #opening: Opening = {};
  #goodCode = 'GOOD0001';
  readonly #page: RunnerPage;

  constructor(page: RunnerPage) {
    this.#page = page;
  }

  /** Resets the simulators, the clocks and the line. */
  async reset(): Promise<void> {
    this.#goodCode = (await qaClient.resetAll()).goodCode;
  }

  /** Changes the settings as if the tester had done it. */
  choose(change: Partial<Settings>): void {
    this.#page.choose(change);
  }

  /** Makes a payment by the settings and shows it. @throws Error where the amount is not valid. */
  async open(opening: Opening = {}): Promise<void> {
    await this.#place(opening);
    await this.arrive();
  }

  /** Makes a payment and does not show it yet. */
  async begin(opening: Opening = {}): Promise<OpenPayment> {
    const { id } = await this.#place(opening);
    return { bffUrl: this.#page.bffUrl, clientSecret: await qaClient.secretOf(id) };
  }

  /** The same, for a customer who pays by card. */
  async customer(opening: Opening = {}): Promise<CardCustomer> {
    return new CardCustomer(await this.begin(opening));
  }

  async #place(opening: Opening): Promise<OrderView> {
    const { amount: typed, currency, lang } = this.#page.settings;
    const amount = parseAmount(typed, currency);
    if (!amount) throw new Error(`“${typed}” is not an amount of ${currency}`);
    const { lifetime, phone, seller } = opening;
    const options = {
      ...(lang && { locale: lang }),
      ...(phone && { phone }),
      ...(lifetime && { expiresIn: lifetime }),
      ...(seller && { seller }),
    };
    const since = new Date();
    this.#order = await qaClient.newOrder({ amount, currency, ...options });
    this.#opening = opening;
    this.#page.begun?.(this.#order, since);
    return this.#order;
  }

  /** Shows the payment that was made last. */
  async arrive(): Promise<void> {
    this.show();
    if (this.#opening.wait !== false) await this.#page.stage.ready();
  }

  /** Loads the checkout page of the payment again. */
  show(): void {
    if (!this.#order) return;
    const { embed, lang, theme } = this.#page.settings;
    const { secret = 'right', methods, line } = this.#opening;
    const query = new URLSearchParams({
      embed,
      lang,
      theme,
      ...(secret !== 'right' && { secret }),
      ...(methods && { methods }),
      ...(line && { line: '1' }),
    });
    this.#page.show(`/shop/checkout/${this.#order.id}?${query}`);
  }

  /** Types a code, by default one that pays, and submits it; resolves when the BFF has answered. */
  async pay(code = this.#goodCode): Promise<void> {
    const { stage } = this.#page;
    if (stage.fill(code)) await stage.submit();
  }

  /** The same, without waiting for the BFF's answer. */
  startPaying(code?: string): void {
    void this.pay(code);
  }

  /** Selects a wallet; resolves when the wallet form is shown. */
  toWallets(walletType = 'wavepay'): Promise<void> {
    return this.#page.stage.toWallets(walletType);
  }

  /** Submits the choice of a wallet; resolves when the requisites are shown or the choice was declined. */
  async chooseWallet(walletType?: string): Promise<void> {
    await this.toWallets(walletType);
    if (!this.#showsTransfer) await this.#page.stage.submit();
  }

  /** Submits a transaction number. */
  submitNumber(number: string): Promise<void> {
    return this.pay(number);
  }

  /** Makes a payment and shows the requisites of a wallet. */
  async openTransfer(walletType?: string): Promise<void> {
    await this.open();
    await this.chooseWallet(walletType);
  }

  /** Types a transaction number, for a new payment if need be. @returns False where no field takes it. */
  async takeNumber(number: string): Promise<boolean> {
    if (!this.#showsTransfer) await this.chooseWallet();
    if (!this.#showsTransfer) await this.openTransfer();
    return this.#showsTransfer && this.#page.stage.fill(number);
  }

  get #showsTransfer(): boolean {
    return this.#page.stage.view?.nextAction.kind === 'transfer';
  }

  /** Adds a screenshot of the transfer. */
  addPicture(): Promise<void> {
    return this.#page.stage.addPicture();
  }

  /** “I haven’t paid: choose another way.” */
  leaveTransfer(): Promise<void> {
    return this.#page.stage.leaveTransfer();
  }

  async sendPostbacks(order: PostbackOrder): Promise<void> {
    await qaClient.sendPostbacks(order);
  }

  /** Orders faults for the next calls of Paykassma. */
  async walletFaults(faults: Fault[]): Promise<void> {
    for (const fault of faults) await qaClient.fault(fault, 'paykassma');
  }

  /** Pays, loses the answer, and lets the reads fail that would find it. */
  async payWithLostAnswer(): Promise<void> {
    await this.open();
    await this.faults([...answerLost, ...readsFail(60)]);
    await this.pay();
  }

  /** Types so many wrong codes, with the waiting time between them. */
  async guessWrongly(codes: number): Promise<void> {
    const { stage, bffUrl } = this.#page;
    const { clientSecret } = stage;
    if (clientSecret) await guessWrongly({ bffUrl, clientSecret }, codes, (ms) => this.moveClock(ms));
  }

  /** Orders faults for the calls about one code, so that calls of earlier payments do not meet them. */
  async faults(faults: Fault[], code = this.#goodCode): Promise<void> {
    await Promise.all(faults.map((fault) => qaClient.fault({ ...fault, code })));
  }

  async line(mode: LineMode): Promise<void> {
    await qaClient.setLine(mode);
  }

  /** Moves the BFF's clock. */
  async moveClock(advanceMs: number): Promise<void> {
    await qaClient.moveClock('bff', { advanceMs });
  }

  /** Cancels or refunds by the shop, or reports a fiscal receipt. @returns The HTTP status of the BFF's answer. */
  async atShop(move: 'cancel' | 'refund' | 'fiscalReceipt'): Promise<number> {
    if (!this.#order) return 0;
    const { status } = await qaClient[move](this.#order.id);
    await this.refresh();
    return status;
  }

  /** Submits the card form as soon as it is complete. */
  submitCard(): Promise<void> {
    return this.#page.stage.submitCard();
  }

  /** Makes the checkout read the payment. By itself it does not poll while nothing happens. */
  refresh(): Promise<void> {
    return this.#page.stage.refresh();
  }
}
