/**
 * Downloads the payments of some days as CSV, for the accounts.
 * @element export-form
 */
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type Failure, failureOf, textOf } from '../failure.ts';
import { ConsoleElement } from './element.ts';
import { merchantField } from './fields.ts';

@customElement('export-form')
export class ExportForm extends ConsoleElement {
  @state() private wrong = '';
  @state() private failure: Failure | null = null;
  @state() private result = '';
  @state() private busy = false;

  protected override render() {
    return html`<section class="card">
      <h2>Export for the accounts</h2>
      <p class="hint">All payments that were created on these days (UTC), one a line, as CSV.</p>
      <form class="decision" @submit=${this.#submit} novalidate>
        <div class="fields">
          <label class="field"><span>First day</span><input type="date" name="from" /></label>
          <label class="field"><span>Last day</span><input type="date" name="to" /></label>
          ${merchantField(this.me, '', 'All')}
        </div>
        ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
        ${this.failure ? html`<p class="notice" data-tone="bad" role="alert">${textOf(this.failure)}</p>` : nothing}
        ${this.result ? html`<p class="notice" data-tone="good" role="status">${this.result}</p>` : nothing}
        <div class="buttons"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Downloading…' : 'Download CSV'}</button></div>
      </form>
    </section>`;
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const values = new FormData(event.target as HTMLFormElement);
    const [from = '', to = '', merchant = ''] = ['from', 'to', 'merchant'].map((name) => String(values.get(name) ?? ''));
    this.wrong = !from || !to ? 'Choose the first and the last day.' : from > to ? 'The last day is before the first.' : '';
    if (this.wrong || this.busy) return;
    this.busy = true;
    this.failure = null;
    this.result = '';
    try {
      const name = `payments-${from === to ? from : `${from}-to-${to}`}.csv`;
      save(await this.client.exportCsv({ from, to, merchant }), name);
      this.result = `${name} was downloaded.`;
    } catch (error) {
      this.failure = failureOf(error);
    }
    this.busy = false;
  };
}

/** The key must not stand in an address, so the file is read first, and then handed to the browser as a download. */
function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not at once: the browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
