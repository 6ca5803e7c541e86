/**
 * The pay-code room: one field, one button. It groups what is typed, checks it only when it is confirmed, and asks no server before.
 * @element pay-code-form
 * @fires submit - The customer confirmed; the form's own event.
 * @fires {SayEvent} say - What is wrong with what was confirmed; the wait after too many wrong codes is over.
 * What else can be done, `<pay-code-options>` offers: it comes with the later screens.
 * @csspart panel - The form.
 */
import { html, LitElement, nothing } from 'lit';
import type { EnterCode } from '#contract';
import { fill } from '../../messages/fill.ts';
import { problemText } from '../../messages/problem-text.ts';
import { define } from '../../parts/define.ts';
import { field, submitButton } from '../../parts/form.ts';
import { referenceRow } from '../../parts/page.ts';
import { AnnounceEvent } from '../../parts/say-event.ts';
import type { SubmitRequest } from '../../session/submit-action.ts';
import { CodeTyping, checkCode, submitCode } from '../code-input.ts';
import { RetryTimer } from '../form-helpers.ts';
import type { MethodForm, MethodFormProps } from '../method-form.ts';
import { retryAfterMs } from '../method-form.ts';

export class PayCodeForm extends LitElement implements MethodForm {
  static override properties = { context: { attribute: false } };

  readonly validationError = 'code_format';
  context!: MethodFormProps<EnterCode>;
  /** `pay-code-options` brings them. */
  words: MethodForm['words'];
  /** The customer confirmed something that cannot be a code; checked again with every keystroke from then on. */
  #checked = false;
  readonly #typing = new CodeTyping(this);

  get busyText(): string {
    return this.context.language.texts.sending;
  }

  get complete(): boolean {
    return !this.#misfit();
  }

  validate(): boolean {
    this.#checked = true;
    this.requestUpdate();
    const misfit = this.#misfit();
    if (misfit) {
      this.focus();
      // Who is in the field already would hear nothing of its new description.
      this.dispatchEvent(new AnnounceEvent(misfit, true));
    }
    return !misfit && !this.#locked();
  }

  override focus(options?: FocusOptions): void {
    this.querySelector('input')?.focus(options);
  }

  readonly send: SubmitRequest = (...by) => {
    this.#checked = false;
    return submitCode(this.context)(...by);
  };

  /** Drawn in the tree of the desk: label and input, error and input find each other by id. */
  protected override createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
  }

  protected override render() {
    const { language, view, action, problem, busy, disabled, buttonless, acting } = this.context;
    const { texts } = language;
    const misfit = this.#checked ? this.#misfit() : '';
    const locked = this.#locked() > 0;
    const ofCode = !!problem && /^code|taken/.test(problem.code);
    return html`<form part="panel" class="panel" novalidate>
      ${field({
        id: 'pay-code',
        label: texts.codeLabel,
        value: this.#typing.shown,
        hint: action.length ? fill(texts.codeHintLength, { length: action.length }, language.tag) : texts.codeHint,
        error: misfit || (problem ? problemText(problem, language, view, this.words?.(problem)) : ''),
        invalid: !!misfit || ofCode,
        disabled,
        readonly: busy,
        onInput: this.#typing.onInput,
      })}
      ${
        locked
          ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" .left=${this.#locked} .text=${texts.retryIn}></pay-countdown>`
          : nothing
      }
      ${problem?.ref && !misfit && !locked && !ofCode ? referenceRow(problem.ref, texts) : nothing}
      ${
        buttonless
          ? nothing
          : submitButton({
              label: fill(texts.pay, { amount: language.money(view.due, view.currency) }),
              busyLabel: acting || texts.sending,
              busy,
              disabled: disabled || locked,
            })
      }
      <pay-code-options hidden .context=${this.context}></pay-code-options>
    </form>`;
  }

  #misfit(): string {
    const { draft, action, language } = this.context;
    return checkCode(draft.code, action, language);
  }

  readonly #locked = () => retryAfterMs(this.context);
}

define('pay-code-form', PayCodeForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-code-form': PayCodeForm;
  }
}
