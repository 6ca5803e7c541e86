/**
 * The form for an SMS: what to send where. After that either a code comes back and is entered, or the SMS itself pays. It is a
 * chunk of its own, fetched when a payment can be paid in this way.
 * @element pay-sms-form
 * @fires submit - The customer confirmed the code; the form's own event.
 * @fires {AnnounceEvent} announce - What is wrong with the input; that it takes longer than usual.
 * @fires {ActionEvent} action - The customer has sent the SMS.
 * @fires leave-method - The customer wants to pay another way.
 * @csspart panel - The form.
 */
import { html, nothing } from 'lit';
import type { DeskProblem, SendSms } from '#contract';
import { retryImport } from '../../browser.ts';
import { problemText } from '../../messages/language.ts';
import { AnnounceEvent, define } from '../../parts/elements.ts';
import '../../parts/copy-row.ts';
import '../../parts/countdown.ts';
import type { QrPicture } from '../../parts/qr-code.ts';
import type { SubmitRequest } from '../../session/submit-action.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { needsExcessConsent } from '../excess-consent.ts';
import { ActionEvent, CheckedForm, type MethodFormProps, RetryTimer, retryAfterMs } from '../method-form.ts';
import { CodeTyping, checkCode, submitCode } from '../text-input.ts';
import { SentSms } from './sent-sms.ts';
import { smsStyles } from './sms.styles.ts';
import { awaitSms, enterCodeBack, onPhone, showSms } from './sms-view.ts';

export class SmsForm extends CheckedForm<SendSms> {
  readonly validationError = 'code_format';
  /** It does so once its texts have arrived: general texts would be wrong here. */
  readonly announcesProblems = true;
  readonly #typing = new CodeTyping(this);
  /** What was announced last. */
  #announced: Pick<MethodFormProps, 'problem' | 'language'> | null = null;
  /** Null until its chunk has arrived. It is not fetched on a phone, where a link opens the SMS. */
  #picture: QrPicture | null = null;
  readonly #sent = new SentSms(this, () => this.context.view.attempt?.id);
  /** It took longer than usual when the form was opened: the customer has come back to it. Null until it is rendered. */
  #cameBack: boolean | null = null;
  /** The customer wants to see the SMS again. */
  #unfolded = false;
  /** The last look found no SMS; for a moment the form says so. */
  #looked = false;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
    new RetryTimer(this, this.#untilLong, () => this.#longText);
  }

  get busyText(): string {
    return (this.#waits ? this.#texts?.looking : this.context.language.texts.sending) ?? '';
  }

  problemTexts(problem: DeskProblem) {
    const texts = this.#texts;
    // The general text would say "try again", but each SMS costs money.
    if (texts && this.#waits) return { [problem.code]: texts.fault };
    const needsConsent = needsExcessConsent({ ...this.context, problem });
    return { ...texts?.problems, ...(texts && needsConsent && { code_value_too_high: texts.excess }) };
  }

  override validate(): boolean {
    return super.validate() && !this.#locked();
  }

  /**
   * Focuses the invalid field, else the heading: focusing the field would open a keyboard that covers half of the instructions.
   */
  override focus(options?: FocusOptions): void {
    if (this.isUpdatePending) return void this.updateComplete.then(() => this.focus(options));
    (this.querySelector<HTMLElement>('[aria-invalid="true"]') ?? this.querySelector<HTMLElement>('.title'))?.focus(options);
  }

  /** Where no code comes back, submitting asks the BFF to look for the SMS now. */
  readonly send: SubmitRequest = (client, key, signal) => {
    this.checked = false;
    return this.#waits ? client.post('recheck', {}, key, signal) : submitCode(this.context)(client, key, signal);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode(), smsStyles);
    if (!onPhone()) void this.#fetchPicture();
  }

  protected override render() {
    const { context } = this;
    const { whole } = context.language;
    if (!whole) return nothing;
    const { problem, language, view } = context;
    const wrong = this.checked && this.invalidText();
    const error = wrong || (problem ? problemText(problem, language, view, this.problemTexts(problem)) : '');
    const long = this.#untilLong() <= 0;
    this.#cameBack ??= long;
    const folds = this.#sent.known || this.#cameBack;
    const shared = {
      ...context,
      texts: whole.sms,
      whole,
      long,
      sent: this.#sent.known,
      isSendingNext: onPhone() && !folds && !long && !this.checked && !this.#typing.shown,
      onLeave: this.#leave,
    };
    return html`<form part="panel" class="panel" novalidate>
      ${showSms({ ...shared, picture: this.#picture, folds, unfolded: this.#unfolded, onFold: this.#onFold, onOpen: this.#sent.onOpen })}
      ${
        this.#waits
          ? awaitSms({ ...shared, error, looked: this.#looked, onSent: this.#onSent })
          : enterCodeBack({
              ...shared,
              error,
              invalid: !!wrong || (!!problem && /^code|taken/.test(problem.code)),
              shown: this.#typing.shown,
              onInput: this.#typing.onInput,
              needsConsent: needsExcessConsent(context),
              locked: this.#locked,
            })
      }
    </form>`;
  }

  protected override willUpdate(): void {
    const { problem } = this.context;
    // Whoever has typed a code that was looked up has sent the SMS.
    if (!this.#waits && problem && /^code|^too_many|taken/.test(problem.code)) this.#sent.remember();
  }

  protected override updated(): void {
    const { problem, language, view } = this.context;
    if (!this.#texts || (this.#announced?.problem === problem && this.#announced?.language === language)) return;
    this.#announced = { problem, language };
    if (problem) this.dispatchEvent(new AnnounceEvent(problemText(problem, language, view, this.problemTexts(problem)), true));
  }

  get #texts() {
    return this.context.language.whole?.sms;
  }

  /** The SMS itself pays; no code comes back. */
  get #waits(): boolean {
    return this.context.action.continuation === 'wait';
  }

  get #longText(): string {
    return (this.#waits ? this.#texts?.long : this.#texts?.noCode) ?? '';
  }

  protected invalidText(): string | null {
    const { action, draft, language } = this.context;
    if (this.#waits || !checkCode(draft.code, action, language)) return null;
    return (draft.code ? this.#texts?.codeOdd : this.#texts?.codeEmpty) ?? '';
  }

  readonly #locked = () => retryAfterMs(this.context);

  /**
   * Milliseconds until it takes longer than usual; 0 when it does. Counted by the server's clock from the start of the attempt,
   * so that a reload changes nothing.
   */
  readonly #untilLong = () => {
    const { action, view, now } = this.context;
    const at = this.#waits ? Date.parse(action.until) : Date.parse(view.attempt?.startedAt ?? '') + usualMs;
    return Math.max(0, at - now()) || 0;
  };

  readonly #leave = () => void this.dispatchEvent(new Event('leave-method', { bubbles: true }));

  readonly #onSent = () => {
    this.#sent.remember();
    this.dispatchEvent(new ActionEvent('recheck', this.#look));
  };

  readonly #onFold = () => {
    this.#unfolded = !this.#unfolded;
    this.requestUpdate();
  };

  /** Where nothing has come, the answer says nothing new. So the form does, or the click would seem to do nothing. */
  readonly #look: SubmitRequest = async (...request) => {
    const answer = await this.send(...request);
    this.#looked = true;
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      this.#looked = false;
      this.requestUpdate();
    }, notYetMs);
    return answer;
  };

  async #fetchPicture(): Promise<void> {
    this.#picture =
      (
        await retryImport(
          (_again) => import('../../parts/qr-code.ts'),
          () => {},
        )
      )?.qrPicture ?? null;
    this.requestUpdate();
  }
}

/** How long the form says that nothing has come. */
const notYetMs = 4000;

/** A code that comes back usually takes less. */
const usualMs = 2 * 60_000;

define('pay-sms-form', SmsForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-sms-form': SmsForm;
  }
}
