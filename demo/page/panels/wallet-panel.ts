/** Wallets: the customer's app, the numbers with a meaning, and the operator who finds the money. Only where wallets are sold. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Transfer } from '#contract';
import { drawNumber, type MeaningfulNumber, meaningfulNumbers } from '../meaningful-numbers.ts';
import { QaPanel } from './qa-panel.ts';
import '../wallet-app.ts';
import type { SentTransfer } from '../wallet-app.ts';
import type { WalletClaim, WalletLedger } from '../wallet-ledger.ts';

/**
 * @element qa-wallet-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-wallet-panel')
export class WalletPanel extends QaPanel {
  /** Where the checkout on show asks to transfer to. */
  @property({ attribute: false }) transfer: Transfer | null = null;
  /** Of the payment. */
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
      <p class="muted small">${transfer ? 'Filled in from the checkout: the customer pays here.' : 'The customer pays here, then tells the number.'}</p>
      <qa-wallet-app .transfer=${transfer} .amount=${amount} .wallets=${wallets} .sent=${sent}></qa-wallet-app>
      <h3 id="numbers-title">Numbers with a meaning</h3>
      <p class="muted small">A click types one, with new digits between: a number counts once.</p>
      <div class="codes" role="group" aria-labelledby="numbers-title">
        ${meaningfulNumbers.map(
          (meaning) => html`<button class="code" @click=${() => this.#tell(meaning)}>
            <b>${meaning.begins}…${meaning.ends}</b><span>${meaning.brings}</span>
          </button>`,
        )}
      </div>
      ${this.#operator()}
    </section>`;
  }

  #tell(meaning: MeaningfulNumber): void {
    this.ask({ do: 'fill-number', number: drawNumber(meaning, this.transfer?.number) });
  }

  /** The newest claims that wait; each may be credited by its own number, or by a transfer that nobody has claimed. */
  #operator() {
    const { transactions = [], transfers = [] } = this.ledger ?? {};
    const waiting = transactions.filter(({ status }) => status !== 'activated' && status !== 'refused').slice(-3);
    if (waiting.length === 0) return nothing;
    const spare = (claim: WalletClaim) =>
      transfers.findLast(
        ({ wallet, custom_transaction_id: taken, transaction_number: number }) =>
          wallet === claim.wallet_type && !taken && number !== claim.key1,
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
    return html`<button class="chip" @click=${() => this.ask({ do: 'match', id, ...(number && { number }) })}>
      ${number ? `It was ${number} that was meant by ${key1}` : `Credit ${key1} with ${amount} ${currency_code}`}
    </button>`;
  }
}
