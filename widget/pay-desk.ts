/** The root element: draws the screen that the payment asks for, and tells the page what happens. */

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { PaymentMethod, PaymentView } from '#contract';
import { defaultApiBase } from './default-api-base.ts';
import type { DeskProblem } from './desk-problem.ts';
import type { DeskStatus } from './desk-status.ts';
import {
  PayBeforeSubmitEvent,
  PayChangeEvent,
  PayFailureEvent,
  PayLoadErrorEvent,
  PayMethodChangeEvent,
  PayResizeEvent,
  PayStatusChangeEvent,
} from './events.ts';
import { showStates } from './host-states.ts';
import { LanguageController } from './language-controller.ts';
import type { Translations } from './messages/language.ts';
import { problemText } from './messages/problem-text.ts';
import type { MethodRoom } from './methods/method-room.ts';
import { offeredMethods } from './methods/offered-methods.ts';
import { PayCodeDraft } from './methods/pay-code/pay-code-draft.ts';
import { outcomeEvents } from './outcome-events.ts';
import { liveRegions } from './parts/live-regions.ts';
import { deskStyles } from './pay-desk.styles.ts';
import { PaymentController } from './payment-controller.ts';
import { drawScreen } from './screens/draw-screen.ts';
import type { ScreenName } from './screens/screen.ts';
import { screenOf } from './screens/screen-of.ts';
import { screenTitle } from './screens/screen-title.ts';
import type { SubmitResult } from './submit-result.ts';

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
 */
export class PayDesk extends LitElement {
  static override styles = deskStyles;

  /** The payment's bearer, from the merchant's server. */
  @property({ attribute: 'client-secret' }) clientSecret: string | null = null;
  /** Origin of the BFF; by default where this script came from. */
  @property({ attribute: 'api-base' }) apiBase: string | null = null;
  /** BCP 47. By default the page's language, then the browser's, then English. */
  @property() locale: string | null = null;
  /** Subset and order of `pay_code wallet card`; may only narrow what the payment allows. */
  @property() methods = '';
  /** The chosen method; follows the customer's choice. */
  @property({ reflect: true }) method: PaymentMethod | null = null;
  /** `auto` follows the colour scheme of the page. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** The page has its own button and calls `submit()`. */
  @property({ type: Boolean, attribute: 'no-submit-button', reflect: true }) noSubmitButton = false;
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Asked for the client secret when there is none, and once more when it no longer opens the payment. */
  @property({ attribute: false }) fetchClientSecret: (() => Promise<string>) | null = null;
  /** The merchant's own words, per language. */
  @property({ attribute: false }) translations: Translations = {};

  @query('.room') private readonly room!: MethodRoom | null;
  @query('.title') private readonly heading!: HTMLElement | null;

  readonly #payment = new PaymentController(this);
  readonly #tongue = new LanguageController(this);
  readonly #internals = this.attachInternals();
  readonly #draft = new PayCodeDraft();
  readonly #resizes = new ResizeObserver(
    ([entry]) => entry && this.dispatchEvent(new PayResizeEvent(Math.ceil(this.offsetHeight))),
  );
  #status: DeskStatus | null = null;
  #screen: ScreenName | null = null;
  #told: PaymentView | null = null;
  #toldProblem: DeskProblem | null = null;
  #toldLoadProblem: DeskProblem | null = null;
  #polite = '';
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
    return this.room?.validate() ?? false;
  }

  /** Focuses the field, or the heading where there is no field. */
  override focus(options?: FocusOptions): void {
    (this.room ?? this.heading)?.focus(options);
  }

  /** Empties the field. */
  clear(): void {
    this.#draft.code = '';
    this.room?.requestUpdate();
  }

  /** Reads the payment again; typed input stays. */
  refresh(): Promise<void> {
    return this.#payment.refresh();
  }

  /** Asks once more whether the payment went through. */
  recheck(): Promise<void> {
    return this.#payment.refresh();
  }

  /** Ends the payment. Resolves with the view after it; rejects where there is no open payment. */
  async cancel(): Promise<PaymentView | null> {
    await this.#payment.cancel();
    return this.view;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    addEventListener('pagehide', this.#forget);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    removeEventListener('pagehide', this.#forget);
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') || changed.has('translations')) void this.#tongue.speak(this.locale, this.translations);
    if (changed.has('clientSecret') || changed.has('apiBase') || changed.has('fetchClientSecret')) {
      const { apiBase, clientSecret, fetchClientSecret } = this;
      void this.#payment.open({ apiBase: apiBase || defaultApiBase, clientSecret, fetchClientSecret });
    }
    this.#tellStatus();
    this.#moveFocus = this.shadowRoot?.activeElement != null || this.#submitting !== null;
    const screen = this.#currentScreen();
    if (screen !== this.#screen) this.#polite = screenTitle(screen, this.#tongue.language.texts);
  }

  protected override render() {
    const { language } = this.#tongue;
    const { view, problem, loadProblem, busy } = this.#payment;
    const spoken = loadProblem ?? problem;
    return html`<div part="root" class="root" lang=${language.code} @input=${this.#onInput} @submit=${this.#onSubmit}
      @copied=${() => this.#say(language.texts.copied)} @elapsed=${() => this.#say(language.texts.retryNow)}>
      ${view?.test && this.#tongue.ready ? html`<p class="test">${language.texts.testMode}</p>` : nothing}
      ${drawScreen({
        name: this.#currentScreen(),
        view,
        loadProblem,
        language,
        now: () => this.#payment.now(),
        recheck: () => void this.recheck(),
        room: {
          offered: view ? offeredMethods(view, this.methods) : [],
          chosen: this.method,
          onChoose: this.#choose,
          draft: this.#draft,
          problem,
          busy,
          disabled: this.disabled,
          buttonless: this.noSubmitButton,
        },
      })}
      <slot name="support"></slot>
      ${liveRegions(busy ? language.texts.sending : this.#polite, spoken ? problemText(spoken, language, view) : '')}
    </div>`;
  }

  protected override updated(): void {
    const { view, problem, loadProblem } = this.#payment;
    const screen = this.#currentScreen();
    const moved = screen !== this.#screen;
    const first = this.#screen === null || this.#screen === 'loading';
    this.#screen = screen;
    if (this.#moveFocus && ((moved && !first) || (problem && problem !== this.#toldProblem)))
      this.focus({ preventScroll: false });
    if (loadProblem && loadProblem !== this.#toldLoadProblem) this.dispatchEvent(new PayLoadErrorEvent(loadProblem));
    this.#toldLoadProblem = loadProblem;
    const tried = this.#told !== null && problem !== null && problem !== this.#toldProblem;
    this.#toldProblem = problem;
    if (view && view !== this.#told) {
      const events = outcomeEvents(this.#told, view);
      this.#told = view;
      for (const event of events) this.dispatchEvent(event);
    }
    if (tried && problem) this.dispatchEvent(new PayFailureEvent(problem));
  }

  async #submit(): Promise<SubmitResult> {
    const { room, view } = this;
    if (!view || !room) throw new Error(`There is nothing to submit: the payment is ${this.#status ?? 'not here'}.`);
    if (this.disabled) throw new Error('The desk is disabled.');
    if (!room.validate()) return { sent: false, problem: { code: 'code_format', ref: '' }, view };
    if (!this.dispatchEvent(new PayBeforeSubmitEvent(this.#chosen(view)))) return { sent: false, problem: null, view };
    const answer = await this.#payment.submit('pay', room.send);
    await this.updateComplete; // the screen, its focus and its events come before the promise
    return { sent: true, problem: answer.ok ? null : answer.problem, view: this.view ?? view };
  }

  #currentScreen(): ScreenName {
    const { view, loadProblem } = this.#payment;
    if (!this.#tongue.ready) return 'loading';
    if (!view) return loadProblem ? 'load_error' : 'loading';
    const screen = screenOf(view);
    return screen === 'enter' && !offeredMethods(view, this.methods).length ? 'unavailable' : screen;
  }

  #tellStatus(): void {
    const { view, loadProblem } = this.#payment;
    const status: DeskStatus = view?.status ?? (loadProblem ? 'load_error' : 'loading');
    if (view && view.status !== 'processing' && view.nextAction.kind === 'none') this.#draft.code = '';
    showStates(this.#internals, [status, ...(this.#payment.busy ? ['busy'] : []), ...(view?.test ? ['test'] : [])]);
    const previous = this.#status;
    if (status === previous) return;
    this.#status = status;
    this.dataset.status = status;
    const method = view?.attempt?.method ?? this.method;
    this.dispatchEvent(new PayStatusChangeEvent({ status, previous, method, action: view?.nextAction.kind ?? null }));
  }

  #chosen(view: PaymentView): PaymentMethod {
    const offered = offeredMethods(view, this.methods);
    return (offered.find(({ method }) => method === this.method) ?? offered[0])?.method ?? 'pay_code';
  }

  #say(text: string): void {
    this.#polite = text;
    this.requestUpdate();
  }

  /** What was typed must not wait in the back-forward cache for the next person at this screen. */
  readonly #forget = () => this.clear();

  readonly #choose = (method: PaymentMethod) => {
    this.method = method;
    this.dispatchEvent(new PayMethodChangeEvent(method));
    if (this.view?.status === 'awaiting_customer') void this.#payment.abandon();
  };

  readonly #onInput = (event: Event) => {
    event.stopPropagation(); // it would carry the typed sign to the page
    const { room, view } = this;
    if (room && view && event.target instanceof HTMLInputElement && event.target.type === 'text')
      this.dispatchEvent(new PayChangeEvent(this.#chosen(view), room.complete));
  };

  readonly #onSubmit = (event: Event) => {
    event.preventDefault();
    if (!this.disabled) void this.submit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pay-desk': PayDesk;
  }
}
