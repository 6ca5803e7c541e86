/** The customer's wallet app, test numbers, and Paykassma's operator. Shown only where wallets are sold. */

import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Transfer } from '#contract';
import { drawNumber, type TestNumber, testNumbers } from '../faults.ts';
import { majorUnits } from '../money.ts';
import type { SentTransfer, WalletBalance, WalletClaim, WalletLedger } from '../simulator-api.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-wallet-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-wallet-panel')
export class WalletPanel extends QaPanel {
  /** The transfer that the checkout requests; null while it requests none. */
  @property({ attribute: false }) transfer: Transfer | null = null;
  /** Amount of the payment, as typed. */
  @property({ attribute: false }) amount = '';
  @property({ attribute: false }) currency = '';
  @property({ attribute: false }) ledger: WalletLedger | null = null;
  @property({ attribute: false }) sent: SentTransfer | null = null;

  protected override render() {
    const { transfer, amount, currency, ledger, sent } = this;
    const wallets = ledger?.wallets.filter((wallet) => wallet.currency === currency) ?? [];
    if (wallets.length === 0) return nothing;
    return html`<section class="panel" aria-labelledby="wallet-title">
      <h2 id="wallet-title">Wallet app</h2>
      <p class="muted small">${transfer ? 'Filled in from the checkout: the customer pays here.' : 'The customer pays here, then enters the number in the checkout.'}</p>
      <qa-wallet-app .transfer=${transfer} .amount=${amount} .wallets=${wallets} .sent=${sent}></qa-wallet-app>
      <h3 id="numbers-title">Test numbers</h3>
      <p class="muted small">A click types one with new digits in the middle, because a number can be used once.</p>
      <div class="codes" role="group" aria-labelledby="numbers-title">
        ${testNumbers.map(
          (meaning) => html`<button class="code" @click=${() => this.#fillNumber(meaning)}>
            <b>${meaning.begins}…${meaning.ends}</b><span>${meaning.brings}</span>
          </button>`,
        )}
      </div>
      ${this.#operator()}
    </section>`;
  }

  #fillNumber(meaning: TestNumber): void {
    this.request({ do: 'fill-number', number: drawNumber(meaning, this.transfer?.number) });
  }

  /** Offers to credit the newest claims that wait, each by its own number or by a transfer that nobody has claimed. */
  #operator() {
    const { transactions = [], transfers = [] } = this.ledger ?? {};
    const waiting = transactions.filter(({ status }) => status !== 'activated' && status !== 'refused').slice(-3);
    if (waiting.length === 0) return nothing;
    const spare = (claim: WalletClaim) =>
      transfers.findLast(
        ({ wallet, custom_transaction_id: claimedBy, transaction_number: number }) =>
          wallet === claim.wallet_type && !claimedBy && number !== claim.key1,
      );
    return html`<h3 id="operator-title">Operator at Paykassma</h3>
      <div class="chips" role="group" aria-labelledby="operator-title">
        ${waiting.toReversed().map((claim) => {
          const other = spare(claim)?.transaction_number;
          return html`${this.#match(claim)}${other ? this.#match(claim, other) : nothing}`;
        })}
      </div>`;
  }

  #match({ custom_transaction_id: id, key1, amount, currency_code }: WalletClaim, number?: string) {
    return html`<button class="chip" @click=${() => this.request({ do: 'match', id, ...(number && { number }) })}>
      ${number ? `Credit ${key1} by transfer ${number}` : `Credit ${key1} with ${amount} ${currency_code}`}
    </button>`;
  }
}

/**
 * The customer's wallet app: makes a transfer, and offers its transaction number.
 * @element qa-wallet-app
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-wallet-app')
export class WalletApp extends QaPanel {
  /** The transfer that the checkout requests; null while it requests none. */
  @property({ attribute: false }) transfer: Transfer | null = null;
  /** Amount of the payment, as typed in its panel. */
  @property({ attribute: false }) amount = '';
  /** The wallets of the payment's currency. */
  @property({ attribute: false }) wallets: readonly WalletBalance[] = [];
  @property({ attribute: false }) sent: SentTransfer | null = null;
  @state() private wallet = '';
  @state() private identifier = '';
  @state() private sum = '';
  @state() private copied = '';
  #filledFrom = '';

  /**
   * Fills in the form when what is to be transferred changes: the transfer that the checkout requests, or the payment's amount
   * while it requests none. Otherwise the form is left alone, so that what the tester has typed stays.
   */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { transfer, wallets, amount } = this;
    const [first] = wallets;
    const wanted = transfer ? orderFor(transfer, wallets) : first && { ...first, sum: amount };
    const from = JSON.stringify([wanted?.wallet, wanted?.identifier, wanted?.sum]);
    if (!wanted || from === this.#filledFrom) return;
    this.#filledFrom = from;
    this.#pick(wanted.wallet, wanted.identifier);
    this.sum = wanted.sum;
  }

  protected override render() {
    const { sent, wallets } = this;
    const [first] = wallets;
    if (!first) return nothing;
    return html`<form class="phone-card" aria-label="Wallet app" @submit=${this.#pay}>
        <label class="field">App
          <select @change=${this.#change}>
            ${wallets.map(({ wallet, name }) => html`<option value=${wallet} ?selected=${wallet === this.wallet}>${name}</option>`)}
          </select>
        </label>
        <label class="field">To number
          <input autocomplete="off" .value=${this.identifier} @input=${(event: Event) => {
            this.identifier = typedIn(event);
          }} />
        </label>
        <label class="field">Amount, ${first.currency}
          <input inputmode="decimal" autocomplete="off" .value=${this.sum} @input=${(event: Event) => {
            this.sum = typedIn(event);
          }} />
        </label>
        <button class="primary">Pay in the app</button>
      </form>
      <div role="status">${
        sent
          ? html`<p class="sms">${smsOf(sent, this.#nameOf(sent.wallet))}</p>
              <div class="chips">
                <button class="chip" @click=${() => this.request({ do: 'fill-number', number: sent.number })}>Put it into the checkout</button>
                ${this.#copy('Copy the number', sent.number)}
                ${this.#copy('Copy the SMS', smsOf(sent, this.#nameOf(sent.wallet)))}
              </div>`
          : nothing
      }</div>`;
  }

  #copy(words: string, text: string) {
    return html`<button class="chip" @click=${async () => {
      await navigator.clipboard.writeText(text);
      this.copied = text;
    }}>${this.copied === text ? 'Copied' : words}</button>`;
  }

  #pick(wallet: string, identifier: string): void {
    this.wallet = wallet;
    this.identifier = identifier;
  }

  #nameOf = (type: string): string => this.wallets.find(({ wallet }) => wallet === type)?.name ?? type;

  /** Another wallet has another account of the shop. */
  #change = (event: Event) => {
    const chosen = this.wallets.find(({ wallet }) => wallet === typedIn(event));
    if (chosen) this.#pick(chosen.wallet, chosen.identifier);
  };

  #pay = (event: SubmitEvent) => {
    event.preventDefault();
    const { wallet, identifier, sum, wallets } = this;
    const amount = sum.replace(/[\s,]/g, '');
    this.request({
      do: 'transfer',
      transfer: { wallet, identifier: identifier.trim(), amount, currency: wallets[0]?.currency ?? '' },
    });
  };
}

const typedIn = (event: Event): string => (event.target as HTMLInputElement).value;

/** Picks the requisite that is an account of the wallet. */
function orderFor({ walletType, requisites, amount }: Transfer, wallets: readonly WalletBalance[]) {
  const account = wallets.find(({ wallet }) => wallet === walletType);
  const identifier = requisites.find(({ value }) => value === account?.identifier)?.value ?? requisites[0]?.value ?? '';
  return account && { wallet: walletType, identifier, sum: majorUnits(amount, account.currency) };
}

const smsOf = ({ identifier, amount, currency, number }: SentTransfer, name: string): string =>
  `${name}: You have sent ${amount} ${currency} to ${identifier}. Transaction ID ${number}. Thank you.`;
