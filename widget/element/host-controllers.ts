/** Small controllers of the host element `<pay-desk>`: its status, its height, its language, the events of its fields, asking the page, and what was typed. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DeskProblem, DeskStatus, PaymentMethod } from '#contract';
import { withStorage } from '../browser.ts';
import {
  PayBeforeSubmitEvent,
  PayBusyEvent,
  type PayField,
  PayFieldEvent,
  PayResizeEvent,
  PayStatusChangeEvent,
} from '../events.ts';
import { methodOf } from '../methods/choose-method.ts';
import { Draft } from '../methods/method-form.ts';
import type { PaymentController } from '../session/payment-controller.ts';
import type { SubmitPermission } from '../session/submit-action.ts';
import type { PayDeskProperties } from './properties.ts';

/** Shows the status on the host element, for style sheets, and reports a new one, and `busy`, to the page before it is painted. */
export class StatusReporter implements ReactiveController {
  /** Null before the first update. */
  status: DeskStatus | null = null;
  readonly #host: PayDeskProperties;
  readonly #payment: PaymentController;
  /** Safari has none before 16.4. */
  readonly #internals: ElementInternals | undefined;
  #busy = false;

  constructor(host: PayDeskProperties, payment: PaymentController) {
    this.#host = host;
    this.#payment = payment;
    this.#internals = host.attachInternals?.();
    host.addController(this);
  }

  hostUpdate(): void {
    const { view, loadProblem, busy } = this.#payment;
    if (busy !== this.#busy) {
      this.#busy = busy;
      this.#host.dispatchEvent(new PayBusyEvent(busy));
    }
    const status = loadProblem ? 'load_error' : (view?.status ?? 'loading');
    const previous = this.status;
    setCustomStates(this.#internals, [status, ...(busy ? ['busy'] : []), ...(view?.test ? ['test'] : [])]);
    if (status === previous) return;
    this.status = status;
    this.#host.dataset.status = status;
    const method = methodOf(view) ?? this.#host.method;
    this.#host.dispatchEvent(new PayStatusChangeEvent({ status, previous, method, action: view?.nextAction.kind ?? null }));
  }
}

/** A merchant's style sheet reads them as `pay-desk:state(succeeded)`. Browsers without custom states have `data-status`. */
function setCustomStates(internals: ElementInternals | undefined, states: readonly string[]): void {
  try {
    internals?.states.clear();
    for (const state of states) internals?.states.add(state);
  } catch {
    // Older engines want names with dashes, or have no states at all.
  }
}

/** Reports a new height to the page around, for example to a page that shows the element in a frame. */
export class ResizeReporter implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #observer = new ResizeObserver(() => this.#host.dispatchEvent(new PayResizeEvent(this.#host.offsetHeight)));

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}

/**
 * Keeps the events of typing in our fields inside the shadow root. Outside, their target is `<pay-desk>` and no field, so shortcuts
 * of the page would take letters of a code for commands and prevent them. A dialog around needs Escape and Tab, and what the page
 * has put into a slot is the page's. `input` is handled by `<pay-desk>` itself.
 */
export function keepTypingInside<Root extends Node>(root: Root): Root {
  for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'paste', 'copy', 'cut', 'drop'])
    root.addEventListener(type, (event) => {
      const { target, key } = event as KeyboardEvent;
      if (
        (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) &&
        root.contains(target) &&
        key !== 'Escape' &&
        key !== 'Tab'
      )
        event.stopPropagation();
    });
  return root;
}

/** From the card frame: the page gets no event of a frame, so the frame reports its fields by message. */
interface FrameFieldEvent extends Event {
  kind?: FieldKind;
  field: PayField | null;
}

type FieldKind = 'focus' | 'blur' | 'escape';

const kinds: [event: string, kind: FieldKind][] = [
  ['focusin', 'focus'],
  ['focusout', 'blur'],
  ['keydown', 'escape'],
];

/** Reports to the page which field has the focus, and Escape: by the name of the field, never with what is in it. */
export function reportFields<Root extends Node>(host: HTMLElement, root: Root): Root {
  const report = (kind: FieldKind, field: PayField | null) => host.dispatchEvent(new PayFieldEvent(`pay-${kind}`, field));
  for (const [type, kind] of kinds)
    root.addEventListener(type, (event) => {
      const { target, key, isComposing } = event as KeyboardEvent;
      // What the page has put into a slot is the page's.
      if (!root.contains(target as Node)) return;
      // Only fields have an id among the inputs. It is the public name, in the spelling of HTML.
      const id = target instanceof HTMLInputElement && target.id;
      const field = id ? (id.replaceAll('-', '_') as PayField) : null;
      if (key ? key === 'Escape' && !isComposing : field) report(kind, field);
    });
  root.addEventListener('field', (event) => {
    const { kind, field } = event as FrameFieldEvent;
    if (kind) report(kind, field);
  });
  return root;
}

/** So long the page may take in all. */
const limitMs = 20_000;

/**
 * Asks the page before the customer's input is sent: a listener can prevent it, or have it wait for a promise, e.g. until the page
 * has stored the delivery address. Null where it prevents it.
 */
export function askPage(host: HTMLElement, method: PaymentMethod): SubmitPermission | null {
  const promises: PromiseLike<unknown>[] = [];
  const event = new PayBeforeSubmitEvent(method, (promise) => promises.push(promise));
  return host.dispatchEvent(event) ? () => settled(promises) : null;
}

async function settled(promises: readonly PromiseLike<unknown>[]): Promise<DeskProblem | null> {
  if (!promises.length) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'timeout');
  });
  const all = Promise.all(promises).then(
    () => null,
    () => 'rejected' as const,
  );
  const why = await Promise.race([all, tooLong]);
  clearTimeout(timer);
  return why && { code: `before_submit_${why}`, recoverable: true, reference: '' };
}

/**
 * Keeps what the customer has typed for as long as the payment needs it. The next person at this device must not find it, neither
 * in the back-forward cache nor in an element that was removed from the page.
 */
export class DraftController implements ReactiveController {
  readonly draft = new Draft();
  readonly #host: PayDeskProperties;
  readonly #payment: PaymentController;
  readonly #onClear: () => void;

  constructor(host: PayDeskProperties, payment: PaymentController, onClear: () => void) {
    this.#host = host;
    this.#payment = payment;
    this.#onClear = onClear;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.clear);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.clear);
    this.clear();
  }

  /** A payment that is over, or a different one, has no use for what was typed. */
  hostUpdate(): void {
    const { view } = this.#payment;
    if (view && (view.nextAction.kind === 'none' || view.id !== this.draft.paymentId)) this.draft.clear(view.id);
    this.draft.wallet ||= this.#host.walletType ?? '';
  }

  readonly clear = (): void => {
    this.draft.clear();
    this.#onClear();
  };
}

interface KeptLanguageHost extends ReactiveControllerHost {
  locale: string | null;
}

/**
 * Keeps the language that the customer chose for as long as the tab is open, so that a reload of the page does not undo the choice. It must come before the controller that loads the texts: then those of the chosen language are the first ones that are seen.
 */
export class KeptLanguage implements ReactiveController {
  readonly #host: KeptLanguageHost;
  /** What the page asks for. The choice belongs to it: a page that asks for another language later gets that one. */
  #asked: string | null = null;
  /** Undefined before the first update. */
  #shown: string | null | undefined;

  constructor(host: KeptLanguageHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { locale } = this.#host;
    if (locale === this.#shown) return;
    this.#asked = locale;
    if (this.#shown === undefined) this.#host.locale = keptLanguage(locale);
    this.#shown = this.#host.locale;
  }

  /** The customer chose a language. */
  choose(code: string): void {
    this.#host.locale = code;
    this.#shown = code;
    withStorage((storage) => storage.setItem(keyOf(this.#asked), code));
  }
}

/** What the customer chose before instead of the language that the page asks for; that language where there was no choice. */
export const keptLanguage = <Asked extends string | null | undefined>(asked: Asked): string | Asked =>
  withStorage((storage) => storage.getItem(keyOf(asked))) ?? asked;

const keyOf = (asked: string | null | undefined) => `pay-desk:language:${asked ?? ''}`;
