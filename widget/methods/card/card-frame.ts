/**
 * The card form on a page of another origin than the BFF's. The form itself is in a frame of the BFF's origin, so that the page
 * around can read neither the number nor the code. This element tells the frame how to look and when to submit; the frame reports
 * whether the input is complete and what became of a submission.
 * @element pay-card-frame
 * @fires input - The customer typed inside the frame.
 * @fires submit - The customer confirmed inside the frame. Nothing is sent until `<pay-desk>` calls `send`.
 * @fires field - Which field inside the frame has the focus, or Escape. `<pay-desk>` makes a public event of it.
 * @fires {AnnounceEvent} announce - The frame does not load; the page around stopped the submit.
 */
import { html, LitElement, nothing } from 'lit';
import type { DeskProblem } from '#contract';
import type { FromFrame } from '../../bridge/from-frame.ts';
import { showPart } from '../../bridge/make-frame.ts';
import { translationMessages } from '../../bridge/translation-messages.ts';
import { problemText, type Translations } from '../../messages/language.ts';
import { AnnounceEvent, define } from '../../parts/elements.ts';
import { problemPanel } from '../../parts/rows.ts';
import type { Answer, BffClient } from '../../session/bff-client.ts';
import type { MethodForm, MethodFormProps } from '../method-form.ts';
import { CardFrameChannel } from './card-frame-channel.ts';
import { appearanceChanges, type CardFrameAppearance, cardFrameAppearance, observeAppearance } from './card-frame-look.ts';

/** What has been sent to the frame, so that only changes are sent. */
interface SentSettings {
  appearance: CardFrameAppearance | null;
  translations: Translations | null;
  acknowledged: boolean;
}

/** The `<pay-desk>` around this form, as far as the form needs it. */
interface HostElement extends HTMLElement {
  translations: Translations;
  refresh(): Promise<void>;
}

export class CardFrame extends LitElement implements MethodForm {
  static override properties = { context: { attribute: false } };

  readonly validationError = 'card_number';
  /** The frame shows its own. */
  readonly busyText = '';
  readonly announcesProblems = true;
  complete = false;
  context!: MethodFormProps;
  readonly #channel = new CardFrameChannel({
    onConnected: () => this.#onConnected(),
    onMessage: (message) => this.#onMessage(message),
    onChange: () => this.#onFailedChange(),
  });
  /** Null until a frame is connected. */
  #sent: SentSettings | null = null;
  /** The secret that the frame opens the payment with. */
  #secret: string | null = null;
  #stopObserving: (() => void) | null = null;
  #announced: DeskProblem | null = null;

  validate(): boolean {
    if (!this.complete) this.#channel.send({ type: 'validate' });
    return this.complete;
  }

  override focus(options?: FocusOptions): void {
    this.#channel.iframe.focus(options);
    this.#channel.send({ type: 'focus' });
  }

  /** The frame sends the input to the BFF; the outcome is read from the BFF here. */
  readonly send = async (client: BffClient, _key: string, signal: AbortSignal): Promise<Answer> => {
    const problem = await this.#channel.submit(signal);
    const answer = await client.read(signal);
    if (!problem || !answer.ok || !/^(open|awaiting_customer)$/.test(answer.view.status)) return answer;
    // A newer frame may report codes that this version does not know; there is a text for unknown codes.
    return { ok: false, problem: problem as DeskProblem, view: answer.view };
  };

  override connectedCallback(): void {
    super.connectedCallback();
    Object.assign(this.style, { display: 'grid', gap: 'var(--_space-3)' });
    this.#stopObserving = observeAppearance(this.#host, () => this.#sendChanges());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopObserving?.();
    this.#channel.close();
    this.#sent = null;
    this.#secret = null;
  }

  /** Rendered into the tree around it, for its styles. */
  protected override createRenderRoot() {
    return this;
  }

  /** Before the frame is on the page: without an address it would load an empty document of the page's own origin. */
  protected override willUpdate(): void {
    // A different payment, or a new secret for the same one: the frame's secret opens nothing any more.
    if (this.context.source.secret() !== this.#secret) this.#open();
  }

  protected override render() {
    const { texts } = this.context.language;
    const stopped = this.#stoppedText();
    return html`${this.#channel.iframe}${stopped && problemPanel(stopped)}${
      this.#channel.failed
        ? html`<p class="text">${texts.unreachable}</p>
          <button part="secondary" class="secondary" type="button" @click=${this.#open}>${texts.tryAgain}</button>`
        : nothing
    }`;
  }

  protected override updated(): void {
    const { draft, problem } = this.context;
    const stopped = this.#stoppedText();
    if (stopped && problem !== this.#announced) this.dispatchEvent(new AnnounceEvent(stopped, true));
    this.#announced = problem;
    // `<pay-desk>` has emptied its draft; what was typed for it is in the frame.
    if (!draft.card) {
      draft.card = {};
      this.#channel.send({ type: 'clear' });
    }
    this.#sendChanges();
  }

  /** Why the page around did not let the submit go on; '' for every other problem, which the frame shows itself. */
  #stoppedText(): string {
    const { problem, language, view } = this.context;
    return problem && /^before_/.test(problem.code) ? problemText(problem, language, view) : '';
  }

  get #host(): HostElement {
    return (this.getRootNode() as ShadowRoot).host as HostElement;
  }

  readonly #open = () => {
    this.#sent = null;
    this.complete = false;
    this.#secret = this.context.source.secret();
    this.#channel.open(cardFrameAddress(this.context));
  };

  /** Sends the appearance before the secret, so that the form looks right from the start. */
  #onConnected(): void {
    this.complete = false;
    this.#sent = { appearance: null, translations: null, acknowledged: false };
    this.#sendChanges();
    if (this.#secret) this.#channel.send({ type: 'init', clientSecret: this.#secret });
  }

  #onMessage(message: FromFrame): void {
    if (message.type === 'wish') this.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    if (message.type === 'field') {
      const { kind, field } = message;
      this.dispatchEvent(Object.assign(new Event('field', { bubbles: true }), { kind, field }));
    }
    if (message.type === 'show') showPart(this.#channel.iframe, message);
    if (message.type === 'moved' && message.version > this.context.view.version) void this.#host.refresh();
    if (message.type !== 'change') return;
    this.complete = message.complete;
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #onFailedChange(): void {
    this.requestUpdate();
    if (this.#channel.failed) this.dispatchEvent(new AnnounceEvent(this.context.language.texts.unreachable, true));
  }

  #sendChanges(): void {
    const sent = this.#sent;
    if (!sent) return;
    const { iframe } = this.#channel;
    const appearance = cardFrameAppearance(this.#host, this.context);
    for (const change of appearanceChanges(sent.appearance, appearance)) this.#channel.send({ type: 'set', ...change });
    sent.appearance = appearance;
    iframe.title = this.context.language.texts.methods.card;
    // If the colour schemes of the two documents differed, the browser would give the frame an opaque background.
    iframe.style.colorScheme = appearance.theme;
    const { translations } = this.#host;
    if (translations !== sent.translations) this.#sendTranslations(translations);
    sent.translations = translations;
    if (this.context.draft.acknowledged && !sent.acknowledged) this.#channel.send({ type: 'acknowledge' });
    sent.acknowledged = this.context.draft.acknowledged;
  }

  #sendTranslations(translations: Translations): void {
    try {
      for (const words of translationMessages(translations)) this.#channel.send({ type: 'set', words });
    } catch (error) {
      console.error(error); // It names the text that cannot be sent. The frame then shows our own texts.
    }
  }
}

define('pay-card-frame', CardFrame);

declare global {
  interface HTMLElementTagNameMap {
    'pay-card-frame': CardFrame;
  }
}

/** The address of the card form. Null for an address of another origin than the BFF's: it would be sent the client secret. */
function cardFrameAddress({ action, view, source }: MethodFormProps): string | null {
  const { origin } = new URL(source.apiBase);
  // Only the first step names the address.
  const address =
    action.kind === 'enter_card' ? action.frameUrl : `/frame/card/?${new URLSearchParams({ merchant: view.merchantId })}`;
  try {
    const url = new URL(address, origin);
    return url.origin === origin ? url.href : null;
  } catch {
    return null;
  }
}
