/**
 * The pay-code room: one field, one button. It groups what is typed, checks it only when it is confirmed, and asks no server before.
 * @element pay-code-form
 * @fires submit - The customer confirmed; the form's own event.
 * @fires {SayEvent} say - What is wrong with what was confirmed; the wait after too many wrong codes is over.
 * @csspart panel - The form.
 */
import { html, LitElement, nothing } from 'lit';
import { type EnterCode, normalisePayCode } from '#contract';
import type { BffClient } from '../../bff-client.ts';
import { fill } from '../../messages/fill.ts';
import { problemText } from '../../messages/problem-text.ts';
import { define } from '../../parts/define.ts';
import { field } from '../../parts/field.ts';
import { referenceRow } from '../../parts/reference-row.ts';
import { SayEvent } from '../../parts/say-event.ts';
import { submitButton } from '../../parts/submit-button.ts';
import { lockedFor } from '../locked-for.ts';
import type { MethodRoom, RoomContext } from '../method-room.ts';
import { retype } from '../retype.ts';
import { WaitOver } from '../wait-over.ts';
import { checkCode } from './check-code.ts';
import { groupCode } from './group-code.ts';

export class PayCodeForm extends LitElement implements MethodRoom {
  static override properties = { context: { attribute: false } };

  readonly misfit = 'code_format';
  context!: RoomContext<EnterCode>;
  /** The customer confirmed something that cannot be a code; checked again with every keystroke from then on. */
  #checked = false;
  #composing = false;

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
      this.dispatchEvent(new SayEvent(misfit, true));
    }
    return !misfit && !this.#locked();
  }

  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  readonly send = (client: BffClient, key: string, signal: AbortSignal) => {
    this.#checked = false;
    const { draft, view } = this.context;
    const acknowledge = view.nextAction.kind === 'confirm';
    return client.post('pay-code', { code: draft.code, ...(acknowledge && { acknowledge }) }, key, signal);
  };

  /** Drawn in the tree of the desk: label and input, error and input find each other by id. */
  protected override createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    new WaitOver(this, this.#locked, () => this.context.language.texts.retryNow);
  }

  protected override render() {
    const { language, view, action, problem, draft, busy, disabled, buttonless } = this.context;
    const { texts } = language;
    const misfit = this.#checked ? this.#misfit() : '';
    const locked = this.#locked() > 0;
    return html`<form part="panel" class="panel" novalidate>
      ${field({
        id: 'pay-code',
        label: texts.codeLabel,
        value: this.#composing ? this.#input?.value : groupCode(draft.code),
        hint: action.length ? fill(texts.codeHintLength, { length: action.length }, language.tag) : texts.codeHint,
        error: misfit || (problem ? problemText(problem, language, view) : ''),
        invalid: !!misfit || !!problem?.code.startsWith('code_'),
        disabled,
        readonly: busy,
        onInput: this.#onInput,
      })}
      ${
        locked
          ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" .left=${this.#locked} .text=${texts.retryIn}></pay-countdown>`
          : nothing
      }
      ${problem?.ref && !misfit && !locked && !problem.code.startsWith('code_') ? referenceRow(problem.ref, texts) : nothing}
      ${
        buttonless
          ? nothing
          : submitButton({
              label: fill(texts.pay, { amount: language.money(view.due, view.currency) }),
              busyLabel: texts.sending,
              busy,
              disabled: disabled || locked,
            })
      }
    </form>`;
  }

  get #input() {
    return this.querySelector('input');
  }

  #misfit(): string {
    const { draft, action, language } = this.context;
    return checkCode(draft.code, action, language);
  }

  readonly #locked = () => lockedFor(this.context);

  readonly #onInput = (event: InputEvent) => {
    const input = this.#input;
    this.#composing = event.isComposing === true; // an input method is still building the sign
    if (!input || this.#composing) return;
    const { draft, action } = this.context;
    const read = (text: string) => normalisePayCode(text, action.alphabet);
    draft.code = retype(input, event, draft.code, { read, show: groupCode });
    this.requestUpdate();
  };
}

define('pay-code-form', PayCodeForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-code-form': PayCodeForm;
  }
}
