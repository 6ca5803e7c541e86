/**
 * The room of cards: a card, then the code of its SMS. A chunk of its own, fetched when a payment offers cards. On a page of another origin
 * than the BFF's it stands in a frame (`card-frame.ts`). What is typed leaves the memory with its step.
 * @element pay-card-form
 * @fires submit - The customer confirmed; the form's own event.
 * @fires {AnnounceEvent} announce - What is wrong, what is new, and that a wait is over.
 * @fires {ActionEvent} action - Another SMS, or a saved card removed.
 * @fires leave-method - Another card.
 * @csspart panel - The form.
 */
import { html, LitElement, nothing } from 'lit';
import { type EnterCardCode, type ProblemCode, passesLuhn } from '#contract';
import { AnnounceEvent } from '../../parts/announce-event.ts';
import { define } from '../../parts/define.ts';
import '../../parts/copy-row.ts';
import '../../parts/countdown.ts';
import type { SubmitRequest } from '../../session/submit-action.ts';
import { ActionEvent } from '../action-event.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { RetryTimer, reformat } from '../form-helpers.ts';
import type { MethodForm, MethodFormProps } from '../method-form.ts';
import { retryAfterMs } from '../method-form.ts';
import { cardStyles } from './card.styles.ts';
import type { CardField } from './card-state.ts';
import { cardFieldErrors, cardFormState, cardMasks, cardProblem, sendCard } from './card-state.ts';
import { renderCard, resentWords } from './card-view.ts';

export class CardForm extends LitElement implements MethodForm {
  static override properties = { context: { attribute: false } };

  readonly announcesProblems = true;
  context!: MethodFormProps;
  /** The customer confirmed something that cannot be sent; checked again with every keystroke from then on. */
  #checked = false;
  /** What an input method is still building a sign of. */
  #composing: { place: CardField; text: string } | null = null;
  /** The saved card that is asked about: shall it be removed? */
  #asked = '';
  /** The secondary click that is on its way. */
  #act: 'asking' | 'removing' | null = null;
  /** As drawn last. */
  #before: { sms: EnterCardCode | null; problem: MethodFormProps['problem'] } | null = null;
  /** The customer was in here before it was drawn anew. */
  #entered = false;

  get validationError(): ProblemCode {
    return cardFieldErrors(this.#step)[0]?.code ?? 'card_number';
  }

  get busyText(): string {
    return this.#texts?.[this.#act ?? (this.#pays ? 'paying' : 'asking')] ?? '';
  }

  get complete(): boolean {
    return !cardFieldErrors(this.#step).length;
  }

  validate(): boolean {
    this.#checked = true;
    this.requestUpdate();
    const [first] = cardFieldErrors(this.#step);
    if (first && this.#texts) {
      this.focus();
      // Who is in the field already would hear nothing of its new description.
      this.dispatchEvent(new AnnounceEvent(this.#texts[first.words], true));
    }
    return !first && !retryAfterMs(this.context);
  }

  /** The first thing that is wrong; or where the customer is already, or the first there is. */
  override focus(options?: FocusOptions): void {
    if (this.isUpdatePending) return void this.updateComplete.then(() => this.focus(options));
    const stays = this.matches(':focus-within');
    const wanted = ['[aria-invalid="true"]', ...(stays ? [] : ['.yes', '#sms-code', ':checked', '#card-number', '.submit'])];
    const first = wanted.map((selector) => this.querySelector<HTMLElement>(selector)).find((element) => element !== null);
    first?.focus(options);
  }

  readonly send: SubmitRequest = (...by) => {
    this.#checked = false;
    return sendCard(this.context, this.#step, false, ...by);
  };

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
    new RetryTimer(this, this.#untilResend, () => this.#texts?.resendNow ?? '');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, cardStyles);
  }

  /** What was typed leaves the memory with the form it was typed in. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.draft.card = null;
  }

  /** Drawn in the tree of the desk: label and input, error and input find each other by id. */
  protected override createRenderRoot() {
    return this;
  }

  protected override willUpdate(): void {
    if (!this.context.busy) this.#act = null;
    this.#entered = this.matches(':focus-within');
  }

  protected override render() {
    const { context } = this;
    const { whole } = context.language;
    if (!whole) return nothing;
    const step = this.#step;
    return html`<form part="panel" class="panel" novalidate>
      ${renderCard({
        ...context,
        texts: whole.card,
        step,
        errors: cardProblem(context, step, this.#checked ? cardFieldErrors(step) : [], whole),
        busyText: this.busyText,
        pays: this.#pays,
        asked: this.#asked,
        locked: this.#locked,
        untilResend: this.#untilResend,
        shownIn: this.#shownIn,
        onType: this.#onType,
        onSave: this.#onSave,
        onChoose: this.#onChoose,
        onAsk: this.#onAsk,
        onRemove: this.#onRemove,
        onResend: this.#onResend,
        onOther: this.#onOther,
      })}
    </form>`;
  }

  /** What is new is said, and whoever was in here is not lost with a field or button that has gone. */
  protected override updated(): void {
    const { whole } = this.context.language;
    if (!whole) return;
    const { problem } = this.context;
    const step = this.#step;
    const { sms } = step;
    const was = this.#before;
    this.#before = { sms, problem };
    if (was && sms && !was.sms) this.dispatchEvent(new AnnounceEvent(whole.card.codeTitle));
    if (was?.sms && sms?.resent && sms.resendAt !== was.sms.resendAt)
      this.dispatchEvent(new AnnounceEvent(resentWords(sms, whole.card)));
    if (problem && problem !== was?.problem)
      this.dispatchEvent(new AnnounceEvent(Object.values(cardProblem(this.context, step, [], whole)).join(' '), true));
    if (this.#entered && !this.matches(':focus-within')) this.focus();
  }

  get #texts() {
    return this.context.language.whole?.card;
  }

  get #step() {
    return cardFormState(this.context);
  }

  /** The click pays; otherwise an SMS comes first. */
  get #pays(): boolean {
    const { action, sms, saved } = this.#step;
    return sms !== null || (saved !== null && !action?.confirmSaved);
  }

  readonly #locked = () => retryAfterMs(this.context);

  readonly #untilResend = () => {
    const at = Date.parse(this.#step.sms?.resendAt ?? '');
    return Math.max(0, at - this.context.now()) || 0;
  };

  readonly #shownIn = (place: CardField) =>
    this.#composing?.place === place ? this.#composing.text : cardMasks[place].show(this.#step.typed[place]);

  readonly #onType = (place: CardField, event: InputEvent) => {
    const input = event.target as HTMLInputElement;
    this.#composing = event.isComposing === true ? { place, text: input.value } : null;
    if (this.#composing) return;
    const { typed } = this.#step;
    const before = typed.number;
    typed[place] = reformat(input, event, typed[place], cardMasks[place]);
    const { number } = typed;
    if (number !== before && number.length === 16 && !passesLuhn(number) && this.#texts)
      this.dispatchEvent(new AnnounceEvent(this.#texts.numberDoubt));
    this.requestUpdate();
  };

  readonly #onSave = (save: boolean) => {
    this.#step.typed.save = save;
  };

  readonly #onChoose = (id: string) => {
    this.#step.typed.saved = id;
    this.#checked = false;
    this.requestUpdate();
  };

  readonly #onAsk = (id: string) => {
    this.#asked = id;
    this.requestUpdate();
  };

  readonly #onRemove = (id: string) => {
    if (this.context.busy) return;
    this.#asked = '';
    this.#act = 'removing';
    this.dispatchEvent(new ActionEvent(`remove:${id}`, (client, key, signal) => client.remove(`card/saved/${id}`, key, signal)));
  };

  readonly #onResend = () => {
    if (this.context.busy) return;
    this.#act = 'asking';
    this.dispatchEvent(new ActionEvent('resend', (...by) => sendCard(this.context, this.#step, true, ...by)));
  };

  readonly #onOther = () => {
    if (this.context.busy) return;
    Object.assign(this.#step.typed, { direct: null, code: '' });
    this.dispatchEvent(new Event('leave-method', { bubbles: true }));
    this.requestUpdate();
  };
}

define('pay-card-form', CardForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-card-form': CardForm;
  }
}
