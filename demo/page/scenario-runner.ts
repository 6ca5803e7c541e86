/** Makes payments and brings them where a tester wants them: as a customer, a merchant, a network and a clock would. */

import type { CheckoutOnShow } from './checkout-on-show.ts';
import { CardCustomer, guessWrongly } from './customers.ts';
import { answerLost, cannotBeAsked } from './faults.ts';
import { parseAmount } from './money.ts';
import type { LineMode, OrderView, SecretOnPage, Seller } from './qa-api.ts';
import type { OpenPayment } from './qa-client.ts';
import { type Fault, type PostbackOrder, qaClient } from './qa-client.ts';
import type { Settings } from './scenario-address.ts';

/** The page, as far as its director needs it. */
export interface Scenery {
  readonly settings: Settings;
  readonly stage: CheckoutOnShow;
  readonly bffUrl: string;
  choose(change: Partial<Settings>): void;
  /** Shows the checkout at this address. */
  show(address: string): void;
}

export interface Opening {
  /** Seconds until the payment expires. */
  lifetime?: number;
  secret?: SecretOnPage;
  /** Of the customer, where the shop knows it. */
  phone?: string;
  seller?: Seller;
  /** What the page leaves of the ways to pay, as the attribute `methods`. */
  methods?: string;
  /** The checkout talks to the BFF over the line that can be slow, cut and so on. */
  line?: boolean;
  /** Settle when the payment is drawn or cannot be opened; default: yes. */
  wait?: boolean;
}

export class ScenarioRunner {
  #order: OrderView | null = null;
  #opening: Opening = {};
  #goodCode = 'GOOD0001';
  readonly #scenery: Scenery;

  constructor(scenery: Scenery) {
    this.#scenery = scenery;
  }

  /** The first day again, for both services, the clocks and the line. */
  async startAnew(): Promise<void> {
    this.#goodCode = (await qaClient.startAnew()).goodCode;
  }

  /** As if the tester had chosen it. */
  choose(change: Partial<Settings>): void {
    this.#scenery.choose(change);
  }

  /** A fresh payment of what is chosen. @throws Error for an amount that is none. */
  async open(opening: Opening = {}): Promise<void> {
    await this.#place(opening);
    await this.arrive();
  }

  /** A fresh payment that is not on show yet. */
  async begin(opening: Opening = {}): Promise<OpenPayment> {
    const { id } = await this.#place(opening);
    return { bffUrl: this.#scenery.bffUrl, clientSecret: await qaClient.secretOf(id) };
  }

  /** The same, and its customer, who pays by card. */
  async customer(opening: Opening = {}): Promise<CardCustomer> {
    return new CardCustomer(await this.begin(opening));
  }

  async #place(opening: Opening): Promise<OrderView> {
    const { amount: typed, currency, lang } = this.#scenery.settings;
    const amount = parseAmount(typed, currency);
    if (!amount) throw new Error(`“${typed}” is not an amount of ${currency}`);
    const { lifetime, phone, seller } = opening;
    const known = {
      ...(lang && { locale: lang }),
      ...(phone && { phone }),
      ...(lifetime && { expiresIn: lifetime }),
      ...(seller && { seller }),
    };
    this.#order = await qaClient.newOrder({ amount, currency, ...known });
    this.#opening = opening;
    return this.#order;
  }

  /** The payment comes to be on show. */
  async arrive(): Promise<void> {
    this.show();
    if (this.#opening.wait !== false) await this.#scenery.stage.ready();
  }

  /** The payment as it is, in a page that is loaded anew. */
  show(): void {
    if (!this.#order) return;
    const { embed, lang, theme } = this.#scenery.settings;
    const { secret = 'right', methods, line } = this.#opening;
    const query = new URLSearchParams({
      embed,
      lang,
      theme,
      ...(secret !== 'right' && { [secret]: '1' }),
      ...(methods && { methods }),
      ...(line && { line: '1' }),
    });
    this.#scenery.show(`/shop/checkout/${this.#order.id}?${query}`);
  }

  /** As a customer does, with a code that pays unless said otherwise; settles when the BFF has answered. */
  async pay(code = this.#goodCode): Promise<void> {
    const { stage } = this.#scenery;
    if (stage.fill(code)) await stage.submit();
  }

  /** The same, without waiting for the answer. */
  startPaying(code?: string): void {
    void this.pay(code);
  }

  /** As a customer who will pay by wallet; settles when the wallets are shown. */
  toWallets(walletType = 'wavepay'): Promise<void> {
    return this.#scenery.stage.toWallets(walletType);
  }

  /** Asks where to transfer to; settles when it is shown, or refused. */
  async chooseWallet(walletType?: string): Promise<void> {
    await this.toWallets(walletType);
    if (!this.#asksForTransfer) await this.#scenery.stage.submit();
  }

  /** Tells the number of a transfer. */
  tell(number: string): Promise<void> {
    return this.pay(number);
  }

  /** A fresh payment, with the transfer of a wallet on show. */
  async openTransfer(walletType?: string): Promise<void> {
    await this.open();
    await this.chooseWallet(walletType);
  }

  /** @returns False where there is no transfer to tell a number of, not even of a new payment. */
  async takeNumber(number: string): Promise<boolean> {
    if (!this.#asksForTransfer) await this.chooseWallet();
    if (!this.#asksForTransfer) await this.openTransfer();
    return this.#asksForTransfer && this.#scenery.stage.fill(number);
  }

  get #asksForTransfer(): boolean {
    return this.#scenery.stage.view?.nextAction.kind === 'transfer';
  }

  /** Adds a picture of the transfer. */
  addPicture(): Promise<void> {
    return this.#scenery.stage.addPicture();
  }

  /** “I haven’t paid: choose another way.” */
  leaveTransfer(): Promise<void> {
    return this.#scenery.stage.leaveTransfer();
  }

  async sendPostbacks(order: PostbackOrder): Promise<void> {
    await qaClient.sendPostbacks(order);
  }

  /** For the next calls of Paykassma. */
  async walletFaults(faults: Fault[]): Promise<void> {
    for (const fault of faults) await qaClient.fault(fault, 'paykassma');
  }

  /** Pays, and nobody can be asked whether it was taken. */
  async payInDoubt(): Promise<void> {
    await this.open();
    await this.faults([...answerLost, ...cannotBeAsked(60)]);
    await this.pay();
  }

  async guessWrongly(): Promise<void> {
    const { stage, bffUrl } = this.#scenery;
    const { clientSecret } = stage;
    if (clientSecret) await guessWrongly({ bffUrl, clientSecret });
  }

  /** For the calls about one code; those of payments before are left alone. */
  async faults(faults: Fault[], code = this.#goodCode): Promise<void> {
    await Promise.all(faults.map((fault) => qaClient.fault({ ...fault, code })));
  }

  async line(mode: LineMode): Promise<void> {
    await qaClient.setLine(mode);
  }

  /** The BFF's. */
  async moveClock(advanceMs: number): Promise<void> {
    await qaClient.moveClock('bff', { advanceMs });
  }

  /** At the merchant's side. @returns The HTTP status of the answer. */
  async atShop(move: 'cancel' | 'refund'): Promise<number> {
    if (!this.#order) return 0;
    const { status } = await qaClient[move](this.#order.id);
    await this.refresh();
    return status;
  }

  /** The customer clicks, as soon as what the card frame asks for is there. */
  submitCard(): Promise<void> {
    return this.#scenery.stage.submitCard();
  }

  /** The checkout asks nothing while nothing happens, so the customer would see a change at the next click only: it is told to look. */
  refresh(): Promise<void> {
    return this.#scenery.stage.refresh();
  }
}
