/**
 * Sends all webhooks of a range of time again, or a test.
 * @element webhook-tools
 */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { lackOf } from '../acts.ts';
import { type Failure, failureOf } from '../failure.ts';
import { count } from '../format.ts';
import { deliveryWords } from '../webhook-words.ts';
import { ConsoleElement } from './element.ts';
import { endpointField, merchantField } from './fields.ts';
import { OneClick, outcomeNotice } from './one-click.ts';

type Tool = 'range' | 'test';

@customElement('webhook-tools')
export class WebhookTools extends ConsoleElement {
  /** What is filled in at first. */
  @property({ attribute: false }) merchant = '';
  @state() private open: Tool | null = null;
  @state() private wrong = '';
  @state() private failure: Failure | null = null;
  @state() private result: { words: string; isGood: boolean } | null = null;
  @state() private busy = false;
  readonly #click = new OneClick();

  protected override render() {
    if (lackOf(this.me, 'other')) return nothing;
    const opener = (tool: Tool, words: string) =>
      html`<button class="button" type="button" aria-expanded=${this.open === tool ? 'true' : 'false'} @click=${() => this.#toggle(tool)}>${words}</button>`;
    return html`<div class="buttons">${opener('range', 'Send a range again…')} ${opener('test', 'Send a test…')}</div>
      ${this.open ? html`<div class="card">${this.open === 'range' ? this.#renderRange() : this.#renderTest()} ${this.#renderOutcome()}</div>` : nothing}`;
  }

  #renderRange() {
    return html`<form class="decision" @submit=${this.#replay} @keydown=${this.#escape}>
      <p>All webhooks that were created from the first moment until before the second are sent again, each with its id of old and in the
        order of its payment. A shop that keeps ids handles each once.</p>
      <div class="fields">
        ${merchantField(this.me, this.merchant)} ${endpointField()}
        <label class="field"><span>From</span><input type="datetime-local" name="from" required /></label>
        <label class="field"><span>To</span><input type="datetime-local" name="to" required /></label>
      </div>
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
      ${this.#renderButtons('Do it: send the range again')}
    </form>`;
  }

  #renderTest() {
    return html`<form class="decision" @submit=${this.#test} @keydown=${this.#escape}>
      <p>The shop’s address is sent a signed webhook of the type “test”, which belongs to no payment. What it answers is said here.</p>
      <div class="fields">${merchantField(this.me, this.merchant)} ${endpointField()}</div>
      ${this.#renderButtons('Do it: send a test')}
    </form>`;
  }

  #renderButtons(words: string) {
    return html`<div class="buttons">
      <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending…' : words}</button>
      <button class="button" type="button" @click=${() => this.#toggle(this.open)}>Close</button>
    </div>`;
  }

  #renderOutcome() {
    const { failure, result } = this;
    if (failure) return outcomeNotice(failure);
    return result
      ? html`<p class="notice" data-tone=${result.isGood ? 'good' : 'bad'} role="status">${result.words}</p>`
      : nothing;
  }

  #toggle(tool: Tool | null): void {
    this.open = this.open === tool ? null : tool;
    this.wrong = '';
    this.failure = null;
    this.result = null;
  }

  readonly #escape = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') this.#toggle(this.open);
  };

  readonly #replay = (event: Event) => {
    const values = valuesOf(event);
    const from = new Date(values.from ?? '');
    const to = new Date(values.to ?? '');
    this.wrong = from < to ? '' : 'The first moment has to be before the second.';
    if (this.wrong) return;
    const { merchant = '', endpoint } = values;
    const body = { merchant, from: from.toISOString(), to: to.toISOString(), ...(endpoint && { endpoint }) };
    void this.#send(async () => {
      const { replayed, status } = await this.client.replayRange(body, this.#click.keyFor(JSON.stringify(body)));
      const so = status === 'done' ? '' : ' so far; the others follow in the background';
      return { words: `Started: ${count(replayed, 'webhook')} will be sent again${so}.`, isGood: true };
    });
  };

  readonly #test = (event: Event) => {
    const { merchant = '', endpoint } = valuesOf(event);
    void this.#send(async () => {
      const answer = await this.client.testEvent({ merchant, ...(endpoint && { endpoint }) });
      return {
        words: `${answer.delivered ? 'Delivered' : 'Not delivered'}: ${deliveryWords(answer)}.`,
        isGood: answer.delivered,
      };
    });
  };

  async #send(send: () => Promise<{ words: string; isGood: boolean }>): Promise<void> {
    this.busy = true;
    this.failure = null;
    this.result = null;
    try {
      this.result = await send();
      this.#click.done();
    } catch (error) {
      this.failure = failureOf(error);
      this.#click.failed(this.failure);
    }
    this.busy = false;
  }
}

function valuesOf(event: Event): Readonly<Record<string, string>> {
  event.preventDefault();
  return Object.fromEntries(
    [...new FormData(event.target as HTMLFormElement)].map(([name, value]) => [name, String(value).trim()]),
  );
}
