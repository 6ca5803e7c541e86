/**
 * The room of cards on a page that is not of the BFF's origin: the form is in a frame that is, so that the page around can read neither
 * the number nor the code. It is told how to look and when to submit; it tells whether it is complete, and what became of it.
 * @element pay-card-frame
 * @fires input - The customer typed, in there.
 * @fires submit - The customer confirmed, in there: nothing is sent until the desk says so.
 * @fires {AnnounceEvent} announce - The frame does not come.
 */
import { html, LitElement, nothing } from 'lit';
import type { FromFrame } from '../../bridge/from-frame.ts';
import { translationMessages } from '../../bridge/translation-messages.ts';
import type { PayDeskProperties } from '../../element/properties.ts';
import { AnnounceEvent } from '../../parts/announce-event.ts';
import { define } from '../../parts/define.ts';
import type { Answer, BffClient, DeskProblem } from '../../session/bff-client.ts';
import type { MethodForm, MethodFormProps } from '../method-form.ts';
import { CardDraft } from './card-draft.ts';
import { CardFrameChannel } from './card-frame-channel.ts';
import { appearanceChanges, type CardFrameAppearance, cardFrameAppearance, observeAppearance } from './card-frame-look.ts';

/** What the frame was told, so that only news are told; nothing, after each load. */
interface Told {
  look: CardFrameAppearance | null;
  words: PayDeskProperties['translations'] | null;
  acknowledged: boolean;
}

/** The desk around, as far as this room has to know it. */
type Desk = PayDeskProperties & { refresh(): Promise<void> };

export class CardFrame extends LitElement implements MethodForm {
  static override properties = { context: { attribute: false } };

  readonly validationError = 'card_number';
  /** The frame says it. */
  readonly busyText = '';
  readonly announcesProblems = true;
  complete = false;
  context!: MethodFormProps;
  readonly #line = new CardFrameChannel({
    greeted: () => this.#brief(),
    hear: (message) => this.#hear(message),
    changed: () => this.#changed(),
  });
  #told: Told | null = null;
  /** What the frame opens the payment with. */
  #secret: string | null = null;
  #unwatch: (() => void) | null = null;

  validate(): boolean {
    if (!this.complete) this.#line.say({ type: 'validate' });
    return this.complete;
  }

  override focus(options?: FocusOptions): void {
    this.#line.iframe.focus(options);
    this.#line.say({ type: 'focus' });
  }

  /** The frame sends what was typed; what became of it is read here. */
  readonly send = async (client: BffClient, _key: string, signal: AbortSignal): Promise<Answer> => {
    const problem = await this.#line.submit(signal);
    const answer = await client.read(signal);
    if (!problem || !answer.ok || !/^(open|awaiting_customer)$/.test(answer.view.status)) return answer;
    // A newer frame may know more codes; the desk has words for what it does not know.
    return { ok: false, problem: problem as DeskProblem, view: answer.view };
  };

  override connectedCallback(): void {
    super.connectedCallback();
    Object.assign(this.style, { display: 'grid', gap: 'var(--_space-3)' });
    this.#unwatch = observeAppearance(this.#desk, () => this.#tell());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.#line.close();
    this.#told = null;
    this.#secret = null;
  }

  /** Drawn in the tree of the desk: the frame is styled as its parts are. */
  protected override createRenderRoot() {
    return this;
  }

  /** Before it is on the page: a frame without an address would be a document of the page's own. */
  protected override willUpdate(): void {
    // Another payment, or the page has minted another secret: the old one opens nothing any more.
    if (this.context.source.secret() !== this.#secret) this.#open();
  }

  protected override render() {
    const { texts } = this.context.language;
    return html`${this.#line.iframe}${
      this.#line.missed
        ? html`<p class="text">${texts.unreachable}</p>
          <button part="secondary" class="secondary" type="button" @click=${this.#open}>${texts.tryAgain}</button>`
        : nothing
    }`;
  }

  protected override updated(): void {
    const { draft } = this.context;
    // The desk empties its draft; what was typed for this one is in the frame.
    if (!draft.card) {
      draft.card = new CardDraft();
      this.#line.say({ type: 'clear' });
    }
    this.#tell();
  }

  get #desk(): Desk {
    return (this.getRootNode() as ShadowRoot).host as Desk;
  }

  readonly #open = () => {
    this.#told = null;
    this.complete = false;
    this.#secret = this.context.source.secret();
    this.#line.open(cardFrameAddress(this.context));
  };

  /** All of it: how to look first, so that the form comes as it will be. */
  #brief(): void {
    this.complete = false;
    this.#told = { look: null, words: null, acknowledged: false };
    this.#tell();
    if (this.#secret) this.#line.say({ type: 'init', clientSecret: this.#secret });
  }

  #tell(): void {
    const told = this.#told;
    if (!told) return;
    const { iframe } = this.#line;
    const look = cardFrameAppearance(this.#desk, this.context);
    for (const change of appearanceChanges(told.look, look)) this.#line.say({ type: 'set', ...change });
    told.look = look;
    iframe.title = this.context.language.texts.methods.card;
    // Where the schemes of the two documents differ the frame would get a ground of its own.
    iframe.style.colorScheme = look.theme;
    const { translations } = this.#desk;
    if (translations !== told.words) this.#tellWords(translations);
    told.words = translations;
    if (this.context.draft.acknowledged && !told.acknowledged) this.#line.say({ type: 'acknowledge' });
    told.acknowledged = this.context.draft.acknowledged;
  }

  #tellWords(translations: Desk['translations']): void {
    try {
      for (const words of translationMessages(translations)) this.#line.say({ type: 'set', words });
    } catch (error) {
      console.error(error); // names the text; ours stay in there
    }
  }

  #changed(): void {
    this.requestUpdate();
    if (this.#line.missed) this.dispatchEvent(new AnnounceEvent(this.context.language.texts.unreachable, true));
  }

  #hear(message: FromFrame): void {
    if (message.type === 'wish') this.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    if (message.type === 'moved' && message.version > this.context.view.version) void this.#desk.refresh();
    if (message.type !== 'change') return;
    this.complete = message.complete;
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

define('pay-card-frame', CardFrame);

declare global {
  interface HTMLElementTagNameMap {
    'pay-card-frame': CardFrame;
  }
}

/** Where the card form of a payment is framed from. */
/** @returns Null for an address that is not of the BFF: it would be told the client secret. */
export function cardFrameAddress({ action, view, source }: MethodFormProps): string | null {
  const { origin } = new URL(source.apiBase);
  // Later steps do not name it any more.
  const named =
    action.kind === 'enter_card' ? action.frameUrl : `/frame/card/?${new URLSearchParams({ merchant: view.merchantId })}`;
  try {
    const url = new URL(named, origin);
    return url.origin === origin ? url.href : null;
  } catch {
    return null;
  }
}
