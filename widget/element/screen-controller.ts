/**
 * Works out before each update what is shown, and lets focus, screen readers and the page's listeners follow after it. The view
 * state that was rendered last is kept here, because all three depend on what has changed.
 */
import type { ReactiveController } from 'lit';
import type { PaymentView } from '#contract';
import {
  PayCancelEvent,
  PayExpiredEvent,
  PayFailureEvent,
  PayLanguageChangeEvent,
  PayLoadErrorEvent,
  PayPendingEvent,
  PayReadyEvent,
  PaySuccessEvent,
} from '../events.ts';
import type { LanguageController } from '../messages/language.ts';
import { methodOf } from '../methods/choose-method.ts';
import type { MethodForm } from '../methods/method-form.ts';
import type { DeferredScreens } from '../screens/later-loader.ts';
import { screenChanged, type ViewState, viewState } from '../screens/view-state.ts';
import type { PaymentController } from '../session/payment-controller.ts';
import { Announcer } from './announcer.ts';
import type { PayDeskProperties } from './properties.ts';

/** Where the view state comes from. The functions are called with every update. */
export interface ScreenSources {
  payment: PaymentController;
  languages: LanguageController;
  deferred: DeferredScreens;
  /** At least one payment method can be chosen. */
  payable(): boolean;
  /** `submit()` is running. */
  submitting(): boolean;
  /** The form on the screen; null while there is none, or its code has not arrived. */
  form(): MethodForm | null;
}

export class ScreenController implements ReactiveController {
  /** What this update shows. */
  state!: ViewState;
  readonly announcer = new Announcer();
  readonly #host: PayDeskProperties;
  readonly #sources: ScreenSources;
  #rendered: ViewState | null = null;
  #moveFocus = false;
  /** The heading that had the focus before this update. */
  #heading: Element | null = null;
  /** The language that was shown last; '' before the first. */
  #tag = '';

  constructor(host: PayDeskProperties, sources: ScreenSources) {
    this.#host = host;
    this.#sources = sources;
    host.addController(this);
  }

  hostUpdate(): void {
    const { payment, languages, deferred, payable, submitting } = this.#sources;
    const { language, ready, settled } = languages;
    const resources = { texts: ready ? language.texts : null, settled: deferred.settled && settled, payable: payable() };
    this.state = viewState(payment, resources, this.#rendered);
    // The focus moves only for a customer who is active inside the element; it is never taken from the page around.
    const active = this.#host.shadowRoot?.activeElement;
    this.#moveFocus = !!active || submitting();
    this.#heading = active?.closest('.title') ?? null;
    this.announcer.update(this.#rendered, this.state, language);
  }

  hostUpdated(): void {
    const { languages, form } = this.#sources;
    const { state } = this;
    const before = this.#rendered;
    this.#rendered = state;
    this.announcer.show(state, form(), languages.language);
    const newProblem = state.problem && state.problem !== before?.problem;
    // The heading of plain texts leaves with them when the later screens arrive, and takes the focus along.
    const gone = this.#heading?.isConnected === false;
    if (this.#moveFocus && (screenChanged(before, state) || newProblem || gone)) this.#host.focus();
    if (this.#moveFocus && newProblem) requestAnimationFrame(this.#showProblem);
    for (const event of outcomeEvents(before, state)) this.#host.dispatchEvent(event);
    const { tag } = languages.language;
    if (!languages.ready || tag === this.#tag) return;
    this.#tag = tag;
    this.#host.dispatchEvent(new PayLanguageChangeEvent(tag));
  }

  /** The focus may be in the field already, with the error below it, under the keyboard of a phone. */
  readonly #showProblem = () =>
    this.#host.shadowRoot
      ?.querySelector('.error, .looking')
      ?.closest('.field, .error, .looking')
      ?.scrollIntoView({ block: 'nearest' });
}

/** Which events the page gets when one view state follows another. The same two states give the same events in the same order. */
function outcomeEvents(before: ViewState | null, after: ViewState): Event[] {
  const { view, problem, loadProblem } = after;
  const viewBefore = before?.view;
  if (loadProblem) return loadProblem !== before?.loadProblem ? [new PayLoadErrorEvent(loadProblem)] : [];
  if (!view) return [];
  const events: Event[] = [];
  if (!viewBefore) events.push(new PayReadyEvent(view.methods, view.test));
  const { nextAction, status } = view;
  const reasonBefore = viewBefore?.nextAction.kind === 'wait' && viewBefore.nextAction.reason;
  if (nextAction.kind === 'wait' && nextAction.reason !== reasonBefore)
    events.push(new PayPendingEvent(nextAction.reason, nextAction.since));
  if (viewBefore?.status !== status) {
    if (status === 'succeeded') events.push(new PaySuccessEvent(paidBy(view)));
    if (status === 'canceled') events.push(new PayCancelEvent());
    if (status === 'expired') events.push(new PayExpiredEvent());
  }
  // A decline from before this page was opened is shown, but it did not happen here.
  if (viewBefore && problem && problem !== before.problem) events.push(new PayFailureEvent(problem));
  return events;
}

const paidBy = (view: PaymentView) => {
  const { id: paymentId, orderId, amount, amountPaid, currency, paidLate } = view;
  return { paymentId, orderId, method: methodOf(view), amount, amountPaid, currency, paidLate };
};

/**
 * After a method was chosen. A wallet leads at once to where to transfer, although its form may still be on its way. For any other,
 * who chose with a mouse has the keyboard at hand; with the arrow keys the choice goes on, and a finger wants to see first.
 */
export async function goOn(
  host: PayDeskProperties & { submit(): unknown },
  form: () => MethodForm | undefined,
  starts: boolean,
): Promise<void> {
  const radio = host.renderRoot.querySelector('.method :checked');
  await host.updateComplete;
  const chosen = form();
  if (!chosen) return;
  if (!starts && (!matchMedia('(pointer: fine)').matches || !radio || radio.matches(':focus-visible'))) return;
  await customElements.whenDefined(chosen.localName);
  await host.updateComplete;
  if (form() !== chosen || !chosen.isConnected) return;
  if (!starts) return chosen.focus();
  // Rejects where the page has disabled the checkout meanwhile.
  await Promise.resolve(host.submit()).catch(() => {});
}
