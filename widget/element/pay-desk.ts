/** The root element: draws the screen that the payment asks for, and tells the page what happens. */

import { html, type PropertyValues } from 'lit';
import type { PaymentMethod, PaymentView } from '#contract';
import { PayBeforeSubmitEvent, PayChangeEvent, PayMethodChangeEvent } from '../events.ts';
import { LanguageController } from '../messages/load-language.ts';
import type { ActionEvent } from '../methods/action-event.ts';
import { offeredMethods } from '../methods/choose-method.ts';
import type { MethodForm } from '../methods/method-form.ts';
import { Draft } from '../methods/method-form.ts';
import type { AnnounceEvent } from '../parts/say-event.ts';
import { DeferredScreens } from '../screens/later-loader.ts';
import { chosenMethod, renderScreen, type ScreenInput } from '../screens/screen.ts';
import type { ViewState } from '../screens/view-state.ts';
import { screenChanged, viewState } from '../screens/view-state.ts';
import type { DeskProblem } from '../session/bff-client.ts';
import { PaymentController } from '../session/payment-controller.ts';
import { Announcer } from './announcer.ts';
import { ClearOnPageHide, ResizeReporter, StatusReporter } from './host-controllers.ts';
import { outcomeEvents } from './outcome-events.ts';
import type { SubmitResult } from './properties.ts';
import { PayDeskProperties } from './properties.ts';
import { deskStyles } from './styles.ts';

/**
 * A checkout for one payment.
 * @element pay-desk
 * @fires {PayReadyEvent} pay-ready - The payment is drawn.
 * @fires {PayLoadErrorEvent} pay-load-error - The payment cannot be shown.
 * @fires {PayStatusChangeEvent} pay-status-change - Before a new status is painted.
 * @fires {PayMethodChangeEvent} pay-method-change - The customer chose another way to pay.
 * @fires {PayChangeEvent} pay-change - The customer typed.
 * @fires {PayBeforeSubmitEvent} pay-before-submit - Cancelable; nothing is sent yet.
 * @fires {PayPendingEvent} pay-pending - The outcome is being found out.
 * @fires {PaySuccessEvent} pay-success - Paid. A hint: ship on the webhook.
 * @fires {PayFailureEvent} pay-failure - A try was refused; another one is possible.
 * @fires {PayCancelEvent} pay-cancel - The payment was canceled.
 * @fires {PayExpiredEvent} pay-expired - The time to pay ran out.
 * @fires {PayResizeEvent} pay-resize - The desk takes another height.
 * @slot header - Instead of the merchant's name and order.
 * @slot footer - Instead of the line of reassurance.
 * @slot support - How to reach the merchant, under everything.
 * @slot success - More on the success screen.
 * @slot fallback - Shown where the payment cannot be opened.
 * @csspart root, header, amount, methods, method, panel, label, input, hint, error, submit, secondary, countdown - Entering.
 * @csspart requisites, requisite - Where to transfer to.
 * @csspart status, details, receipt, copy-button, footer - Everything after.
 * @cssprop --pay-* - Colours, type, radii, spaces, motion: the tables of theme.ts.
 */
export class PayDesk extends PayDeskProperties {
  static override styles = deskStyles;

  readonly #payment = new PaymentController(this);
  readonly #tongue = new LanguageController(this);
  readonly #later = new DeferredScreens(this);
  readonly #teller = new StatusReporter(this);
  readonly #voices = new Announcer();
  readonly #draft = new Draft();
  /** As painted last, and as it is being painted. */
  #before: ViewState | null = null;
  #picture!: ViewState;
  #roomBefore: MethodForm | null = null;
  #moveFocus = false;
  #submitting: Promise<SubmitResult> | null = null;

  /** The newest truth about the payment; null until it is open. */
  get view(): PaymentView | null {
    return this.#payment.view;
  }

  /** Why the payment cannot be shown, or why the last try did not pay. */
  get error(): DeskProblem | null {
    return this.#payment.loadProblem ?? this.#payment.problem;
  }

  /** Sends what the customer entered. Resolves also for a refusal; rejects where there is nothing to submit. */
  submit(): Promise<SubmitResult> {
    this.#submitting ??= this.#submit().finally(() => {
      this.#submitting = null;
    });
    return this.#submitting;
  }

  /** Whether the input could be sent; shows what is wrong and takes the focus if not. */
  validate(): boolean {
    return this.#room?.validate() ?? false;
  }

  /** Focuses the field, or the heading where there is no field. */
  override focus(options?: FocusOptions): void {
    (this.#room ?? this.renderRoot.querySelector<HTMLElement>('.title'))?.focus(options);
  }

  /** Empties the field. */
  clear(): void {
    this.#draft.clear();
    this.#room?.requestUpdate();
  }

  /** Reads the payment again; typed input stays. */
  refresh(): Promise<void> {
    return this.#payment.refresh();
  }

  /** Asks once more whether the payment went through. */
  recheck(): Promise<void> {
    return this.#payment.recheck();
  }

  /** Ends the payment, or hears how the try on its way ends. Resolves with the view after it; rejects where there is no open payment. */
  async cancel(): Promise<PaymentView | null> {
    await this.#payment.end('cancel');
    return this.view;
  }

  constructor() {
    super();
    this.addController(new ResizeReporter(this));
    this.addController(new ClearOnPageHide(() => this.clear()));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') || changed.has('translations')) void this.#tongue.speak(this.locale, this.translations);
    if (changed.has('clientSecret') || changed.has('apiBase') || changed.has('fetchClientSecret')) {
      const { bff, clientSecret, fetchClientSecret } = this;
      void this.#payment.open({ apiBase: bff, clientSecret, fetchClientSecret });
    }
    const { view } = this.#payment;
    // Over, or another payment: nobody needs what was typed any more.
    if (view && (view.nextAction.kind === 'none' || view.id !== this.#draft.paymentId)) this.#draft.clear(view.id);
    this.#draft.wallet ||= this.walletType ?? '';
    this.#payment.connectTabs(this.#later.screens?.TabSync);
    this.#teller.report(this.#payment, this.method);
    const { language, ready, settled } = this.#tongue;
    const payable = this.#offered.length > 0;
    if (view) this.#later.preload(this.#offered, this.bff);
    const atHand = { texts: ready ? language.texts : null, settled: this.#later.settled && settled, payable };
    this.#picture = viewState(this.#payment, atHand, this.#before);
    // The focus follows the customer who acts here; it is never taken from the page around.
    this.#moveFocus = !!this.shadowRoot?.activeElement || !!this.#submitting;
    this.#voices.update(this.#before, this.#picture, language);
  }

  protected override render() {
    const { language } = this.#tongue;
    return html`<div part="root" class="root" lang=${language.tag} @input=${this.#onInput} @submit=${this.#onSubmit}
      @say=${this.#onSay} @leave=${this.#leave} @act=${this.#onAct}>
      ${this.draw({
        ...this.#picture,
        language,
        offered: this.#offered,
        chosen: this.method,
        draft: this.#draft,
        disabled: this.disabled || this.#payment.submittingElsewhere,
        later: this.#later.screens,
        missed: this.#later.loadFailed,
        buttonless: this.noSubmitButton,
        source: { apiBase: this.bff, secret: () => this.#payment.secret },
        now: () => this.#payment.now(),
        recheck: () => void this.recheck(),
        onChoose: this.#choose,
      })}
      <slot name="support"></slot>
      ${this.#voices.render(this.#picture, this.#room, language)}
    </div>`;
  }

  /** What stands between the desk's own edges: the whole of it. A desk of another shape draws less. */
  protected draw(drawing: ScreenInput): unknown {
    return renderScreen(drawing);
  }

  protected override updated(): void {
    const before = this.#before;
    const { problem } = this.#picture;
    this.#before = this.#picture;
    if (this.#moveFocus && (screenChanged(before, this.#picture) || (problem && problem !== before?.problem))) this.focus();
    for (const event of outcomeEvents(before, this.#picture)) this.dispatchEvent(event);
    // What is wrong is said in its words.
    if (this.#roomBefore !== this.#room) this.requestUpdate();
    this.#roomBefore = this.#room;
  }

  /** Null also while its chunk has not come. */
  get #room() {
    return this.renderRoot.querySelector<MethodForm>('.room:defined');
  }

  get #offered() {
    return this.view ? offeredMethods(this.view, this.methods, this.#draft.acknowledged) : [];
  }

  get #chosen(): PaymentMethod {
    return chosenMethod(this.#offered, this.method)?.method ?? 'pay_code';
  }

  async #submit(): Promise<SubmitResult> {
    const room = this.#room;
    const { view } = this;
    if (!view || !room || this.disabled)
      throw new Error(`There is nothing to submit: the desk is ${this.disabled ? 'disabled' : this.#teller.status}.`);
    if (!room.validate()) return { sent: false, problem: this.error ?? { code: room.validationError, ref: '' }, view };
    if (!this.dispatchEvent(new PayBeforeSubmitEvent(this.#chosen))) return { sent: false, problem: null, view };
    const answer = await this.#payment.submit('pay', room.send);
    await this.updateComplete; // the screen, its focus and its events come before the promise
    return { sent: true, problem: answer.ok ? null : answer.problem, view: this.view ?? view };
  }

  readonly #onSay = (event: AnnounceEvent) => {
    this.#voices.announce(event);
    this.requestUpdate();
  };

  /** Something else than paying, and one thing at a time. */
  readonly #onAct = ({ name, send, words }: ActionEvent) => {
    if (!this.disabled && !this.#payment.submittingElsewhere) void this.#payment.submit(name, send, words);
  };

  /** Back to choosing, and what was done is remembered: a transfer on its way can still be told of. */
  readonly #leave = () => {
    if (this.view?.status === 'awaiting_customer') void this.#payment.end('abandon');
    this.requestUpdate();
  };

  readonly #choose = (method: PaymentMethod) => {
    this.method = method;
    this.dispatchEvent(new PayMethodChangeEvent(method));
    this.#leave();
  };

  readonly #onInput = (event: Event) => {
    event.stopPropagation(); // it would carry the typed sign to the page
    const room = this.#room;
    this.#voices.clear();
    this.requestUpdate();
    if (room?.contains(event.target as Node)) this.dispatchEvent(new PayChangeEvent(this.#chosen, room.complete));
  };

  readonly #onSubmit = (event: Event) => {
    event.preventDefault();
    if (!this.disabled && !this.#payment.submittingElsewhere) void this.submit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pay-desk': PayDesk;
  }
}
