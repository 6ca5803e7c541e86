/**
 * The pay-code room: one field, one button. It groups what is typed, checks it only when it is confirmed, and asks no server before.
 * @element pay-code-form
 * @fires submit - The customer confirmed; the form's own event.
 * @csspart panel - The form.
 */

import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { EnterCode, PaymentView } from '#contract';
import type { BffClient } from '../../bff-client.ts';
import type { DeskProblem } from '../../desk-problem.ts';
import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/language.ts';
import { problemText } from '../../messages/problem-text.ts';
import { define } from '../../parts/define.ts';
import { field } from '../../parts/field.ts';
import { submitButton } from '../../parts/submit-button.ts';
import type { MethodRoom } from '../method-room.ts';
import { checkCode } from './check-code.ts';
import { groupCode } from './group-code.ts';
import type { PayCodeDraft } from './pay-code-draft.ts';
import { retype } from './retype.ts';
import '../../parts/countdown.ts';
import '../../parts/copy-row.ts';

export class PayCodeForm extends LitElement implements MethodRoom {
  @property({ attribute: false }) view!: PaymentView;
  @property({ attribute: false }) action: EnterCode = { kind: 'enter_code' };
  @property({ attribute: false }) language!: Language;
  @property({ attribute: false }) draft!: PayCodeDraft;
  /** Why the last code did not pay. */
  @property({ attribute: false }) problem: DeskProblem | null = null;
  /** The server's clock. */
  @property({ attribute: false }) now: () => number = Date.now;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) disabled = false;
  @property({ type: Boolean }) buttonless = false;
  /** The customer confirmed something that cannot be a code; checked again with every keystroke from then on. */
  @state() private checked = false;
  #composing = false;
  @query('input') private readonly input!: HTMLInputElement;

  get complete(): boolean {
    return checkCode(this.draft.code, this.action, this.language.texts) === '';
  }

  validate(): boolean {
    this.checked = true;
    if (!this.complete) this.focus();
    return this.complete;
  }

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  readonly send = (client: BffClient, key: string, signal: AbortSignal) => {
    this.checked = false;
    return client.payWithCode(this.draft.code, key, signal);
  };

  /** Drawn in the tree of the desk: label and input, error and input find each other by id. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { language, view, action, problem } = this;
    const { texts } = language;
    const misfit = this.checked ? checkCode(this.draft.code, action, texts) : '';
    return html`<form part="panel" class="panel" novalidate>
      ${field({
        id: 'pay-code',
        label: texts.codeLabel,
        value: this.#composing ? this.input.value : groupCode(this.draft.code),
        hint: action.length ? fill(texts.codeHintLength, { length: action.length }) : texts.codeHint,
        error: misfit || (problem ? problemText(problem, language, view) : ''),
        invalid: misfit !== '' || (problem?.code.startsWith('code_') ?? false),
        disabled: this.disabled,
        readonly: this.busy,
        onInput: this.#onInput,
      })}
      ${this.#aside()}
      ${
        this.buttonless
          ? nothing
          : submitButton({
              label: fill(texts.pay, { amount: language.money(view.due, view.currency) }),
              busyLabel: texts.sending,
              busy: this.busy,
              disabled: this.disabled || this.#locked,
            })
      }
    </form>`;
  }

  get #locked(): boolean {
    const { problem } = this;
    return problem?.code === 'too_many_attempts' && Date.parse(problem.retryAt ?? '') > this.now();
  }

  /** When to come back, or what to tell support where the fault is not the code's. */
  #aside() {
    const { problem, language } = this;
    if (this.#locked) {
      const until = Date.parse(problem?.retryAt ?? '');
      return html`<pay-countdown .until=${until} .now=${this.now} .text=${language.texts.retryIn}></pay-countdown>`;
    }
    if (!problem?.ref || problem.code.startsWith('code_')) return nothing;
    return html`<p class="aside">${language.texts.reference}
      <pay-copy-row class="copy-row" .value=${problem.ref} .texts=${language.texts}></pay-copy-row></p>`;
  }

  readonly #onInput = (event: InputEvent) => {
    this.#composing = event.isComposing === true;
    if (this.#composing) return; // an input method is still building the sign
    const { input } = this;
    const caretWas = input.selectionStart ?? input.value.length;
    const typed = retype(input.value, caretWas, this.draft.code, event.inputType ?? '', this.action.alphabet);
    this.draft.code = typed.code;
    if (input.value !== typed.text) {
      input.value = typed.text;
      input.setSelectionRange(typed.caret, typed.caret);
    }
    this.requestUpdate();
  };
}

define('pay-code-form', PayCodeForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-code-form': PayCodeForm;
  }
}
