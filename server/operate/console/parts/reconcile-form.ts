/**
 * Begins to compare a day with a payment service's own list: Payme is asked for it, Paykassma's is a file from its cabinet.
 * @element reconcile-form
 */
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ReconciliationSource } from '#contract/operate';
import { lackOf } from '../acts.ts';
import { type Failure, failureOf } from '../failure.ts';
import { reconciliationSources } from '../reconciliation-words.ts';
import { addressOf } from '../route.ts';
import { ConsoleElement } from './element.ts';
import { merchantField } from './fields.ts';
import { OneClick, outcomeNotice } from './one-click.ts';

const megabyte = 1024 * 1024;
/** The server takes no larger list, in bytes. */
const largestList = 5 * megabyte;

@customElement('reconcile-form')
export class ReconcileForm extends ConsoleElement {
  @state() private source: ReconciliationSource = 'payme';
  @state() private wrong = '';
  @state() private failure: Failure | null = null;
  @state() private busy = false;
  readonly #click = new OneClick();

  protected override render() {
    const lack = lackOf(this.me, 'other');
    return html`<section class="card">
      <h2>Compare a day</h2>
      <p class="hint">Our books are compared with the payment service’s own list. Nothing is changed; what differs is shown, and waits in the queue.</p>
      ${
        lack
          ? html`<p class="notice" data-tone="warn">${lack}</p>`
          : html`<form class="decision" @submit=${this.#submit} novalidate>
              <div class="fields">
                ${merchantField(this.me, '')}
                <label class="field"><span>Day</span><input type="date" name="day" max=${today()} aria-describedby="hint-day" /></label>
                <label class="field"><span>With</span><select name="source" @change=${this.#choose}>
                  ${Object.entries(reconciliationSources).map(
                    ([source, words]) => html`<option value=${source} ?selected=${source === this.source}>${words}</option>`,
                  )}
                </select></label>
                ${
                  this.source === 'paykassma'
                    ? html`<label class="field"><span>List from the cabinet</span><input type="file" name="csv" accept=".csv,text/csv" aria-describedby="hint-csv" /></label>`
                    : nothing
                }
              </div>
              <p class="hint" id="hint-day">A day that is over in the merchant’s time zone.</p>
              ${
                this.source === 'paykassma'
                  ? html`<p class="hint" id="hint-csv">A CSV file of 5 MB at most. Its first line names the columns, and it may contain other days, too.</p>`
                  : nothing
              }
              ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
              ${this.failure ? outcomeNotice(this.failure) : nothing}
              <div class="buttons"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending…' : 'Compare'}</button></div>
            </form>`
      }
    </section>`;
  }

  readonly #choose = ({ target }: Event) => {
    this.source = (target as HTMLSelectElement).value as ReconciliationSource;
    this.wrong = '';
  };

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const values = new FormData(event.target as HTMLFormElement);
    const day = String(values.get('day') ?? '');
    const file = values.get('csv');
    this.wrong = this.#mistake(day, file);
    if (this.wrong || this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      const csv = file instanceof File ? { csv: await file.text() } : {};
      const body = { merchant: String(values.get('merchant') ?? ''), day, source: this.source, ...csv };
      const begun = await this.client.startReconciliation(body, this.#click.keyFor(JSON.stringify(body)));
      this.#click.done();
      location.hash = addressOf('books', begun.id);
    } catch (error) {
      this.failure = failureOf(error);
      this.#click.failed(this.failure);
    }
    this.busy = false;
  };

  /** @returns What is wrong, or ''. */
  #mistake(day: string, file: FormDataEntryValue | null): string {
    if (!day) return 'Choose the day.';
    if (this.source === 'payme') return '';
    if (!(file instanceof File) || file.size === 0) return 'Choose the file with the list from Paykassma’s cabinet.';
    return file.size > largestList ? `The file has ${(file.size / megabyte).toFixed(1)} MB; 5 MB is the most.` : '';
  }
}

const today = (): string => new Date().toISOString().slice(0, 10);
