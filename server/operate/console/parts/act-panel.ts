/**
 * One possible act, in two steps: the button opens what it does and what cannot be undone, with the fields to fill in; the second
 * button does it. Nothing that was typed is lost until it is done or closed.
 * @element act-panel
 * @fires {ActDoneEvent} act-done
 * @fires {ActToggleEvent} act-toggle - It was opened or closed.
 * @fires act-stale - The payment has moved, so the page should read it again.
 */
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Payment } from '#contract';
import type { ActResult, PaymentSummary, PossibleAct } from '#contract/operate';
import {
  type FieldName,
  fieldsOf,
  firstTyped,
  keyOfAct,
  lackOf,
  type Mistakes,
  requestOf,
  submittedNumber,
  type Typed,
} from '../acts.ts';
import { type Failure, failureOf } from '../failure.ts';
import { moment, money } from '../format.ts';
import { whatChanged } from '../what-changed.ts';
import { methods } from '../words.ts';
import { ConsoleElement } from './element.ts';
import { actField } from './fields.ts';
import { OneClick, outcomeNotice } from './one-click.ts';
import './payment-picker.ts';

export class ActDoneEvent extends Event {
  readonly act: PossibleAct;
  readonly result: ActResult;

  constructor(act: PossibleAct, result: ActResult) {
    super('act-done', { bubbles: true });
    this.act = act;
    this.result = result;
  }
}

export class ActToggleEvent extends Event {
  readonly act: PossibleAct;
  readonly isOpen: boolean;

  constructor(act: PossibleAct, isOpen: boolean) {
    super('act-toggle', { bubbles: true });
    this.act = act;
    this.isOpen = isOpen;
  }
}

@customElement('act-panel')
export class ActPanel extends ConsoleElement {
  @property({ attribute: false }) act!: PossibleAct;
  /** As it was read last. */
  @property({ attribute: false }) payment!: Payment;
  @property({ attribute: false }) merchantId = '';
  /** Whether the act is still offered for the payment as it is now. */
  @property({ attribute: false }) isPossible = true;
  /** As it was when the operator opened the act: that is what they decide about. Null while it is closed. */
  @state() private seen: Payment | null = null;
  @state() private typed: Typed | null = null;
  @state() private mistakes: Mistakes = {};
  @state() private failure: Failure | null = null;
  /** What had changed when the payment turned out to have moved. */
  @state() private changes: readonly string[] = [];
  @state() private busy = false;
  @query('.act-open') private readonly opener!: HTMLButtonElement | null;
  readonly #click = new OneClick();

  protected override render() {
    const { act, seen, typed } = this;
    const lack = lackOf(this.me, act.act);
    const id = `act-${keyOfAct(act).replaceAll(/\W/g, '-')}`;
    return html`<div class="act" data-open=${seen ? 'true' : 'false'}>
      <button class="act-open" type="button" aria-expanded=${seen ? 'true' : 'false'} aria-controls=${seen ? id : nothing} @click=${this.#toggle}>
        <span>${act.title}${act.secondPerson ? html` <span class="tag">second person</span>` : nothing}
          <span class="act-about">${aboutOf(act, this.payment)}</span></span>
        <span class="chevron" aria-hidden="true"></span>
      </button>
      ${seen && typed ? this.#renderForm(id, seen, typed, lack) : nothing}
    </div>`;
  }

  #renderForm(id: string, seen: Payment, typed: Typed, lack: string | null) {
    const { act } = this;
    const done = act.secondPerson ? 'Ask a second person' : 'Do it';
    return html`<form id=${id} class="decision" @submit=${this.#submit} @keydown=${this.#escape} novalidate>
      <dl class="consequence">
        <div><dt>What will happen</dt><dd>${act.consequence}</dd></div>
        <div data-tone=${act.irreversible ? 'warn' : 'quiet'}>
          <dt>What cannot be undone</dt>
          <dd>${act.irreversible ?? 'Nothing: it can be taken back.'}</dd>
        </div>
        ${act.secondPerson ? html`<div><dt>Second person</dt><dd>Nothing happens until another operator has confirmed it.</dd></div>` : nothing}
        ${act.reads ? html`<div><dt>Amount</dt><dd>The payment service is asked first and its answer decides, so no amount is typed in.</dd></div>` : nothing}
      </dl>
      ${this.#renderChanges()}
      ${
        lack
          ? html`<p class="notice" data-tone="warn">${lack}</p>`
          : fieldsOf(act, typed).map((name) =>
              actField(name, {
                act,
                typed,
                currency: act.currency ?? seen.currency,
                submitted: submittedNumber(act, seen),
                wrong: this.mistakes[name] ?? '',
                type: this.#type,
                picker: html`<payment-picker .client=${this.client} .me=${this.me} .merchantId=${this.merchantId} .except=${seen.id}
                  .chosen=${typed.toPaymentId} @pick=${this.#pick}></payment-picker>`,
              }),
            )
      }
      ${this.failure && this.failure.kind !== 'conflict' ? outcomeNotice(this.failure) : nothing}
      <div class="buttons">
        ${
          lack || !this.isPossible
            ? nothing
            : html`<button class="button primary" data-tone=${act.act === 'refund' ? 'bad' : 'quiet'} ?disabled=${this.busy}>${
                this.busy ? 'Sending…' : `${done}: ${act.title}`
              }</button>`
        }
        <button class="button" type="button" ?disabled=${this.busy} @click=${this.#close}>${lack ? 'Close' : 'Not now'}</button>
      </div>
    </form>`;
  }

  #renderChanges() {
    if (!this.isPossible) {
      return html`<div class="notice" data-tone="warn" role="alert">
        <p>The payment has moved, and this is not possible any more. What you typed is below, so that you can copy it.</p>
        ${listOf(this.changes)}
      </div>`;
    }
    if (this.changes.length === 0) return nothing;
    return html`<div class="notice" data-tone="warn" role="alert">
      <p>The payment has moved since you opened this, so nothing was done. What has changed:</p>
      ${listOf(this.changes)}
      <p>What you typed is kept. Press again only if it is still right.</p>
    </div>`;
  }

  readonly #type = (name: FieldName, value: string) => {
    if (!this.typed) return;
    this.typed = { ...this.typed, [name]: value };
    const { [name]: _, ...others } = this.mistakes;
    this.mistakes = others;
  };

  readonly #pick = ({ detail }: CustomEvent<PaymentSummary | null>) => this.#type('toPaymentId', detail?.id ?? '');

  readonly #toggle = async () => {
    // What is sent has an outcome, which is said in the form.
    if (this.busy) return;
    if (this.seen) return this.#close();
    this.seen = this.payment;
    this.typed = firstTyped(this.act, this.payment);
    this.dispatchEvent(new ActToggleEvent(this.act, true));
    await this.updateComplete;
    this.querySelector<HTMLElement>('form :is(input, textarea, button)')?.focus();
  };

  readonly #close = () => {
    this.seen = null;
    this.typed = null;
    this.mistakes = {};
    this.failure = null;
    this.changes = [];
    this.opener?.focus();
    this.dispatchEvent(new ActToggleEvent(this.act, false));
  };

  readonly #escape = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && !this.busy) this.#close();
  };

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const { act, typed, seen } = this;
    if (!typed || !seen || this.busy) return;
    const asked = requestOf(act, typed, seen);
    if ('mistakes' in asked) {
      this.mistakes = asked.mistakes;
      await this.updateComplete;
      this.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    const { route, body } = asked.request;
    this.busy = true;
    this.failure = null;
    this.changes = [];
    try {
      const result = await this.client.act(seen.id, route, body, this.#click.keyFor(JSON.stringify(body)));
      this.#click.done();
      this.#close();
      this.dispatchEvent(new ActDoneEvent(act, result));
    } catch (error) {
      this.failure = failureOf(error);
      this.#click.failed(this.failure);
      if (this.failure.kind === 'conflict') await this.#readAgain(seen);
    }
    this.busy = false;
  };

  /** The operator decides anew, about the payment as it is now. */
  async #readAgain(before: Payment): Promise<void> {
    try {
      const now = (await this.client.payment(before.id)).payment;
      this.changes = whatChanged(before, now);
      this.seen = now;
    } catch (error) {
      this.failure = failureOf(error);
    }
    this.dispatchEvent(new Event('act-stale', { bubbles: true }));
  }
}

/** Which of several attempts or sums it is about. */
function aboutOf({ act, attemptId, upstreamId, amount, currency }: PossibleAct, { attempts, currency: own }: Payment): string {
  if (act === 'dispose' && amount !== undefined) return `${money(amount, currency ?? own)} · ${upstreamId ?? ''}`;
  const attempt = attempts.find(({ id }) => id === attemptId);
  if (!attempt) return '';
  const { method, lastCharacters, startedAt } = attempt;
  return `${methods[method]}${lastCharacters ? ` …${lastCharacters}` : ''}, ${moment(startedAt)}`;
}

const listOf = (changes: readonly string[]) =>
  changes.length > 0 ? html`<ul>${changes.map((change) => html`<li>${change}</li>`)}</ul>` : nothing;
