/**
 * Works out before each update what is shown, and lets focus, screen readers and the page's listeners follow after it. The view
 * state that was rendered last is kept here, because all three depend on what has changed.
 */
import type { ReactiveController } from 'lit';
import { PayLanguageChangeEvent } from '../events.ts';
import type { LanguageController } from '../messages/language.ts';
import type { MethodForm } from '../methods/method-form.ts';
import type { DeferredScreens } from '../screens/later-loader.ts';
import { screenChanged, type ViewState, viewState } from '../screens/view-state.ts';
import type { PaymentController } from '../session/payment-controller.ts';
import { Announcer } from './announcer.ts';
import { outcomeEvents } from './outcome-events.ts';
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
    this.#moveFocus = !!this.#host.shadowRoot?.activeElement || submitting();
    this.announcer.update(this.#rendered, this.state, language);
  }

  hostUpdated(): void {
    const { languages, form } = this.#sources;
    const { state } = this;
    const before = this.#rendered;
    this.#rendered = state;
    this.announcer.show(state, form(), languages.language);
    const newProblem = state.problem && state.problem !== before?.problem;
    if (this.#moveFocus && (screenChanged(before, state) || newProblem)) this.#host.focus();
    for (const event of outcomeEvents(before, state)) this.#host.dispatchEvent(event);
    const { tag } = languages.language;
    if (!languages.ready || tag === this.#tag) return;
    this.#tag = tag;
    this.#host.dispatchEvent(new PayLanguageChangeEvent(tag));
  }
}
