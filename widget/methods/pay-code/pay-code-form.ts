/**
 * The form for a pay code: one field and one button. It groups what is typed, checks it only after the customer confirmed, and
 * asks no server before. More options are rendered by `<pay-code-options>`, which arrives with the later screens.
 * @element pay-code-form
 * @fires submit - The customer confirmed; the form's own event.
 * @fires {AnnounceEvent} announce - What is wrong with the input; that the wait after too many wrong codes is over.
 * @csspart panel - The form.
 */
import { html, nothing } from 'lit';
import type { DeskProblem, EnterCode } from '#contract';
import { fill } from '../../messages/format.ts';
import { problemText } from '../../messages/language.ts';
import { define } from '../../parts/elements.ts';
import { field, submitButton, untilRetry } from '../../parts/form.ts';
import { referenceRow } from '../../parts/page.ts';
import type { SubmitRequest } from '../../session/submit-action.ts';
import { CheckedForm, type MethodFormProps, type ProblemTexts, RetryTimer, retryAfterMs } from '../method-form.ts';
import { CodeTyping, checkCode, groupCode, submitCode } from '../text-input.ts';

export class PayCodeForm extends CheckedForm<EnterCode> {
  static override properties = { ...CheckedForm.properties, moreTexts: { attribute: false } };

  readonly validationError = 'code_format';
  /** Texts for problems that the later screens know; undefined until those have arrived. */
  moreTexts: ((context: MethodFormProps) => ProblemTexts | undefined) | undefined;
  readonly #typing = new CodeTyping(this);

  get busyText(): string {
    return this.context.language.texts.sending;
  }

  problemTexts(problem: DeskProblem): ProblemTexts | undefined {
    return this.moreTexts?.({ ...this.context, problem });
  }

  override validate(): boolean {
    return super.validate() && !this.#locked();
  }

  override focus(options?: FocusOptions): void {
    this.querySelector('input')?.focus(options);
  }

  readonly send: SubmitRequest = (...request) => {
    this.checked = false;
    return submitCode(this.context)(...request);
  };

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
  }

  protected override render() {
    const { language, view, action, problem, busy, disabled, buttonless, acting } = this.context;
    const { texts } = language;
    const invalid = this.checked && this.invalidText();
    const wait = untilRetry(this.#locked, texts.retryIn);
    const aboutCode = !!problem && /^code|taken/.test(problem.code);
    return html`<form part="panel" class="panel" novalidate>
      ${field({
        id: 'pay-code',
        label:
          view.discount && language.whole
            ? fill(language.whole.sms.discountRest, { amount: language.money(view.due, view.currency) })
            : texts.codeLabel,
        // The shape of a code, where it is known.
        placeholder: shapeOf(action),
        paste: texts.paste,
        value: this.#typing.shown,
        hint: action.length ? fill(texts.codeHintLength, { length: action.length }, language.tag) : texts.codeHint,
        error: invalid || (problem ? problemText(problem, language, view, this.problemTexts(problem)) : ''),
        invalid: !!invalid || aboutCode,
        disabled,
        readonly: busy,
        onInput: this.#typing.onInput,
      })}
      ${
        buttonless
          ? wait
          : submitButton({
              // The countdown belongs to the later screens.
              label: (this.moreTexts && wait) ?? fill(texts.pay, { amount: language.money(view.due, view.currency) }),
              busyLabel: acting || texts.sending,
              busy,
              disabled: disabled || !!wait,
            })
      }
      ${problem?.reference && !invalid && !wait && !aboutCode ? referenceRow(problem.reference, texts) : nothing}
      <pay-code-options hidden ?data-offers=${action.canBuyBySms || action.canPayBySms} .context=${this.context}></pay-code-options>
    </form>`;
  }

  protected invalidText(): string | null {
    const { draft, action, language } = this.context;
    return checkCode(draft.code, action, language) || null;
  }

  readonly #locked = () => retryAfterMs(this.context);
}

/** `ABCD 1234`, or digits only, where the length of a code is certain; else nothing. */
const shapeOf = ({ length, alphabet = 'A' }: EnterCode): string =>
  length ? groupCode((/[A-Z]/i.test(alphabet) ? 'ABCD1234EFGH5678' : '1234567812345678').slice(0, length)) : '';

define('pay-code-form', PayCodeForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-code-form': PayCodeForm;
  }
}
