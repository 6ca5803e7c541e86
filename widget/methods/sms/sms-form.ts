/**
 * The room of SMS: what to send where, and then either the code that comes back is typed, or the payment follows by itself. A chunk of its
 * own, fetched when a payment can be paid so.
 * @element pay-sms-form
 * @fires submit - The customer confirmed the code; the form's own event.
 * @fires {AnnounceEvent} announce - What is wrong with what was confirmed; that it takes longer.
 * @fires {ActionEvent} action - The SMS is sent, the customer says.
 * @fires leave-method - The customer wants to pay another way.
 * @csspart panel - The form.
 */
import { html, LitElement, nothing } from 'lit';
import type { SendSms } from '#contract';
import { problemText } from '../../messages/problem-text.ts';
import { AnnounceEvent } from '../../parts/announce-event.ts';
import { define } from '../../parts/define.ts';
import type { DeskProblem } from '../../session/bff-client.ts';
import { retryImport } from '../../session/retry-import.ts';
import '../../parts/copy-row.ts';
import '../../parts/countdown.ts';
import type { SubmitRequest } from '../../session/submit-action.ts';
import { ActionEvent } from '../action-event.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { CodeTyping, checkCode, submitCode } from '../code-input.ts';
import { needsExcessConsent } from '../excess-consent.ts';
import { RetryTimer } from '../form-helpers.ts';
import type { MethodForm, MethodFormProps } from '../method-form.ts';
import { retryAfterMs } from '../method-form.ts';
import type { QrPicture } from './qr-code.ts';
import { smsStyles } from './sms.styles.ts';
import { awaitSms, enterCodeBack, onPhone, showSms } from './sms-view.ts';

export class SmsForm extends LitElement implements MethodForm {
  static override properties = { context: { attribute: false } };

  readonly validationError = 'code_format';
  /** Once its words have come: those of other rooms would not be true here. */
  readonly announcesProblems = true;
  context!: MethodFormProps<SendSms>;
  /** The customer confirmed something that cannot be a code; checked again with every keystroke from then on. */
  #checked = false;
  readonly #typing = new CodeTyping(this);
  #said: Pick<MethodFormProps, 'problem' | 'language'> | null = null;
  /** Null until it has come; a phone that is held needs none. */
  #picture: QrPicture | null = null;

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
    new RetryTimer(this, this.#untilLong, () => this.#longWords);
  }

  get busyText(): string {
    return (this.#waits ? this.#texts?.looking : this.context.language.texts.sending) ?? '';
  }

  get complete(): boolean {
    return !this.#misfit();
  }

  problemTexts(problem: DeskProblem) {
    const texts = this.#texts;
    // There is no code to try again with, and an SMS costs each time.
    if (texts && this.#waits) return { [problem.code]: texts.fault };
    const asks = needsExcessConsent({ ...this.context, problem });
    return { ...texts?.problems, ...(texts && asks && { code_value_too_high: texts.excess }) };
  }

  validate(): boolean {
    this.#checked = true;
    this.requestUpdate();
    const misfit = this.#misfit();
    if (misfit) {
      void this.updateComplete.then(() => this.focus());
      // Who is in the field already would hear nothing of its new description.
      this.dispatchEvent(new AnnounceEvent(misfit, true));
    }
    return !misfit && !this.#locked();
  }

  /** What is wrong; else the head of what is to be done, as a keyboard would cover the half of it. */
  override focus(options?: FocusOptions): void {
    if (this.isUpdatePending) return void this.updateComplete.then(() => this.focus(options));
    (this.querySelector<HTMLElement>('[aria-invalid="true"]') ?? this.querySelector<HTMLElement>('.title'))?.focus(options);
  }

  /** Where there is no code to type, that the SMS is sent: it is looked for now. */
  readonly send: SubmitRequest = (client, key, signal) => {
    this.#checked = false;
    return this.#waits ? client.post('recheck', {}, key, signal) : submitCode(this.context)(client, key, signal);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, smsStyles);
    if (!onPhone()) void this.#fetchPicture();
  }

  /** Drawn in the tree of the desk: label and input, error and input find each other by id. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { context } = this;
    const { whole } = context.language;
    if (!whole) return nothing;
    const { problem, language, view } = context;
    const room = { ...context, texts: whole.sms, whole, long: this.#untilLong() <= 0, onLeave: this.#leave };
    const wrong = this.#checked ? this.#misfit() : '';
    const error = wrong || (problem ? problemText(problem, language, view, this.problemTexts(problem)) : '');
    return html`<form part="panel" class="panel" novalidate>
      ${showSms({ ...room, picture: this.#picture })}
      ${
        this.#waits
          ? awaitSms({ ...room, error, onSent: this.#onSent })
          : enterCodeBack({
              ...room,
              error,
              invalid: !!wrong || (!!problem && /^code|taken/.test(problem.code)),
              shown: this.#typing.shown,
              onInput: this.#typing.onInput,
              asks: needsExcessConsent(context),
              locked: this.#locked,
            })
      }
    </form>`;
  }

  protected override updated(): void {
    const { problem, language, view } = this.context;
    if (!this.#texts || (this.#said?.problem === problem && this.#said?.language === language)) return;
    this.#said = { problem, language };
    if (problem) this.dispatchEvent(new AnnounceEvent(problemText(problem, language, view, this.problemTexts(problem)), true));
  }

  get #texts() {
    return this.context.language.whole?.sms;
  }

  /** The payment follows by itself. */
  get #waits(): boolean {
    return this.context.action.then === 'wait';
  }

  get #longWords(): string {
    return (this.#waits ? this.#texts?.long : this.#texts?.noCode) ?? '';
  }

  /** What is wrong, in words; '' where it can be sent. */
  #misfit(): string {
    const { action, draft, language } = this.context;
    if (this.#waits || !checkCode(draft.code, action, language)) return '';
    return (draft.code ? this.#texts?.codeOdd : this.#texts?.codeEmpty) ?? '';
  }

  readonly #locked = () => retryAfterMs(this.context);

  /** Milliseconds until it takes longer than it should. By the server's clock and since the beginning, so that a reload changes nothing. */
  readonly #untilLong = () => {
    const { action, view, now } = this.context;
    const at = this.#waits ? Date.parse(action.until) : Date.parse(view.attempt?.startedAt ?? '') + usualMs;
    return Math.max(0, at - now()) || 0;
  };

  readonly #leave = () => void this.dispatchEvent(new Event('leave-method', { bubbles: true }));

  readonly #onSent = () => void this.dispatchEvent(new ActionEvent('recheck', this.send));

  async #fetchPicture(): Promise<void> {
    this.#picture =
      (
        await retryImport(
          () => import('./qr-code.ts'),
          () => {},
        )
      )?.qrPicture ?? null;
    this.requestUpdate();
  }
}

/** So long a code may take without a word about it. */
const usualMs = 2 * 60_000;

define('pay-sms-form', SmsForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-sms-form': SmsForm;
  }
}
