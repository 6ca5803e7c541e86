/** The element `<pay-desk>`: renders the screen that the payment needs, and gives pages methods and events. */
import { html } from 'lit';
import type { DeskProblem, LanguageCode, PaymentMethod, PaymentView } from '#contract';
import { PayChangeEvent, PayMethodChangeEvent } from '../events.ts';
import { LanguageController } from '../messages/language.ts';
import { offeredMethods } from '../methods/choose-method.ts';
import type { ActionEvent, MethodForm } from '../methods/method-form.ts';
import type { AnnounceEvent, ElementRef } from '../parts/elements.ts';
import type { MethodRow } from '../parts/form.ts';
import { DeferredScreens } from '../screens/later-loader.ts';
import { chosenMethod, renderScreen, type ScreenInput } from '../screens/screen.ts';
import { PaymentController } from '../session/payment-controller.ts';
import {
  askPage,
  DraftController,
  KeptLanguage,
  keepTypingInside,
  ResizeReporter,
  reportFields,
  StatusReporter,
} from './host-controllers.ts';
import { PayDeskProperties, type SubmitResult } from './properties.ts';
import { goOn, ScreenController } from './screen-controller.ts';
import { payDeskStyles } from './styles.ts';

/**
 * A checkout for one payment.
 * @element pay-desk
 * @fires {PayReadyEvent} pay-ready - The payment is shown.
 * @fires {PayLoadErrorEvent} pay-load-error - The payment cannot be shown.
 * @fires {PayStatusChangeEvent} pay-status-change - Before a new status is painted.
 * @fires {PayMethodChangeEvent} pay-method-change - The customer chose another way to pay.
 * @fires {PayLanguageChangeEvent} pay-language-change - It is shown in another language.
 * @fires {PayChangeEvent} pay-change - The customer typed.
 * @fires {PayFieldEvent} pay-focus - A field has the focus now.
 * @fires {PayFieldEvent} pay-blur - A field no longer has the focus.
 * @fires {PayFieldEvent} pay-escape - The customer pressed Escape.
 * @fires {PayBeforeSubmitEvent} pay-before-submit - Cancelable; nothing is sent yet. It can wait for a promise.
 * @fires {PayBusyEvent} pay-busy - A request of the customer runs, or has ended.
 * @fires {PayPendingEvent} pay-pending - The outcome is open.
 * @fires {PaySuccessEvent} pay-success - Paid. It is a hint: ship on the webhook.
 * @fires {PayFailureEvent} pay-failure - A try was declined; another one is possible.
 * @fires {PayCancelEvent} pay-cancel - The payment was canceled.
 * @fires {PayExpiredEvent} pay-expired - The time to pay ran out.
 * @fires {PayResizeEvent} pay-resize - The element has another height.
 * @slot header - Instead of the merchant's name and order.
 * @slot footer - Instead of the line of reassurance.
 * @slot support - How to reach the merchant, under everything.
 * @slot success - More on the success screen.
 * @slot fallback - Shown where the payment cannot be opened.
 */
export class PayDesk extends PayDeskProperties {
  static override styles = payDeskStyles;

  // Controllers run in this order before and after each render; each may rely on those above it.
  readonly #payment: PaymentController = new PaymentController(this, {
    source: () => ({ apiBase: this.bff, clientSecret: this.clientSecret, fetchClientSecret: this.fetchClientSecret }),
    TabSync: () => this.#deferred.screens?.TabSync,
  });
  readonly #kept = new KeptLanguage(this);
  readonly #languages = new LanguageController(this);
  readonly #drafts = new DraftController(this, this.#payment, () => this.form?.requestUpdate());
  readonly #reporter = new StatusReporter(this, this.#payment);
  readonly #deferred: DeferredScreens = new DeferredScreens(this, () =>
    this.view ? { offered: this.#offered, apiBase: this.bff } : null,
  );
  readonly #screen: ScreenController = new ScreenController(this, {
    payment: this.#payment,
    languages: this.#languages,
    deferred: this.#deferred,
    // Where the only way to pay does not work for this order, its form would be a dead end.
    payable: () => this.#offered.length > (this.#payment.problem?.code === 'method_unavailable' ? 1 : 0),
    submitting: () => this.#submitting !== null,
    form: () => this.form,
  });
  readonly #formRef: ElementRef<MethodForm> = {};
  #submitting: Promise<SubmitResult> | null = null;

  /** The newest state of the payment as the BFF reports it; null until it is open. */
  get view(): PaymentView | null {
    return this.#payment.view;
  }

  /** Why the payment cannot be shown, or why the last try did not pay. */
  get error(): DeskProblem | null {
    return this.#payment.loadProblem ?? this.#payment.problem;
  }

  /** Sends what the customer entered. Also resolves after a decline; rejects where there is nothing to submit. */
  submit(): Promise<SubmitResult> {
    this.#submitting ??= this.#submit().finally(() => {
      this.#submitting = null;
    });
    return this.#submitting;
  }

  /** Whether the input could be sent. If not, shows what is wrong and focuses it. */
  validate(): boolean {
    return this.form?.validate() ?? false;
  }

  /** Focuses the field, or the heading where there is no field. */
  override focus(options?: FocusOptions): void {
    (this.form ?? this.renderRoot.querySelector<HTMLElement>('.title'))?.focus(options);
  }

  /** Empties the field. */
  clear(): void {
    this.#drafts.clear();
  }

  /** Reads the payment again; typed input stays. */
  refresh(): Promise<void> {
    return this.#payment.refresh();
  }

  /** Asks once more whether the payment went through. */
  recheck(): Promise<void> {
    return this.#payment.recheck();
  }

  /**
   * Ends the payment; where a try is already on its way, waits for the outcome of that instead. Resolves with the view afterwards, and
   * rejects where there is no open payment.
   */
  async cancel(): Promise<PaymentView | null> {
    await this.#payment.end('cancel');
    return this.view;
  }

  constructor() {
    super();
    new ResizeReporter(this);
  }

  protected override createRenderRoot() {
    return keepTypingInside(reportFields(this, super.createRenderRoot()));
  }

  protected override render() {
    const { language } = this.#languages;
    const { state, announcer } = this.#screen;
    // A translator would take our text nodes apart, and an amount that changes later would stay as it was.
    return html`<div part="root" class="root" lang=${language.tag} dir=${language.dir} translate="no" @input=${this.#onInput} @submit=${this.#onSubmit}
      @announce=${this.#onAnnounce} @leave-method=${this.#onLeaveMethod} @action=${this.#onAction}
      @choose-language=${this.#onLanguage}>
      ${this.draw({
        ...state,
        language,
        offered: this.#offered,
        chosen: this.method,
        draft: this.#drafts.draft,
        disabled: this.disabled || this.#payment.submittingElsewhere,
        later: this.#deferred.screens,
        missed: this.#deferred.loadFailed,
        buttonless: this.noSubmitButton,
        source: { apiBase: this.bff, secret: () => this.#payment.secret },
        formRef: this.#formRef,
        now: () => this.#payment.now(),
        recheck: () => this.recheck(),
        onChoose: this.#onChoose,
      })}
      <slot name="support"></slot>
      ${announcer.render()}
    </div>`;
  }

  /** Everything between header slot and footer. A subclass can draw less. */
  protected draw(drawing: ScreenInput): unknown {
    return renderScreen(drawing);
  }

  /** The form on the screen; null while there is none, or its code has not arrived. */
  protected get form(): MethodForm | null {
    const { element } = this.#formRef;
    return element?.isConnected && element.matches(':defined') ? element : null;
  }

  get #offered() {
    return this.view ? offeredMethods(this.view, this.methods, this.#drafts.draft.acknowledged) : [];
  }

  get #chosen(): PaymentMethod {
    return chosenMethod(this.#offered, this.method)?.method ?? 'pay_code';
  }

  async #submit(): Promise<SubmitResult> {
    const { view, form } = this;
    if (!view || !form || this.disabled)
      throw new Error(`There is nothing to submit: the desk is ${this.disabled ? 'disabled' : this.#reporter.status}.`);
    if (!form.validate()) return { sent: false, problem: this.error ?? { code: form.validationError, reference: '' }, view };
    const permission = askPage(this, this.#chosen);
    if (!permission) return { sent: false, problem: null, view };
    const answer = await this.#payment.submit('pay', form.send, '', permission);
    await this.updateComplete; // The screen, its focus and its events come before the promise resolves.
    return { sent: answer.ok || !answer.unsent, problem: answer.ok ? null : answer.problem, view: this.view ?? view };
  }

  readonly #onAnnounce = (event: AnnounceEvent) => {
    this.#screen.announcer.announce(event);
    this.requestUpdate();
  };

  /** Sends something that is not a payment, for example another SMS. Only one request runs at a time. */
  readonly #onAction = ({ name, send, busyText }: ActionEvent) => {
    if (!this.disabled && !this.#payment.submittingElsewhere) void this.#payment.submit(name, send, busyText);
  };

  /** Back to the choice of methods. The attempt is abandoned but stays known, so a transfer on its way can still be submitted. */
  readonly #onLeaveMethod = () => {
    if (this.view?.status === 'awaiting_customer') void this.#payment.end('abandon');
    this.requestUpdate();
  };

  readonly #onChoose = ({ method, wallet }: Pick<MethodRow, 'method' | 'wallet'>) => {
    const changes = method !== this.#chosen;
    this.method = method;
    if (changes) this.dispatchEvent(new PayMethodChangeEvent(method));
    if (changes) this.#onLeaveMethod();
    if (wallet !== undefined) this.#drafts.draft.wallet = wallet;
    void goOn(this, () => this.#formRef.element, wallet !== undefined);
  };

  /** What was typed stays. */
  readonly #onLanguage = ({ code }: Event & { code: LanguageCode }) => {
    this.#kept.choose(code);
  };

  readonly #onInput = (event: Event) => {
    if (!this.renderRoot.contains(event.target as Node)) return; // A field that the page has put into a slot is the page's.
    event.stopPropagation(); // The event would carry the typed character to the page.
    const { form } = this;
    this.#screen.announcer.clear();
    this.requestUpdate();
    if (form?.contains(event.target as Node)) this.dispatchEvent(new PayChangeEvent(this.#chosen, form.complete));
  };

  readonly #onSubmit = (event: Event) => {
    if (!this.renderRoot.contains(event.target as Node)) return;
    event.preventDefault();
    if (!this.disabled && !this.#payment.submittingElsewhere) void this.submit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pay-desk': PayDesk;
  }
}
