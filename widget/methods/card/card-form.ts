/**
 * The form for a card: first the card, then the code of its SMS. It is a chunk of its own, fetched when a payment offers cards.
 * On a page of another origin than the BFF's it is shown inside a frame (`card-frame.ts`). What was entered is removed from
 * memory with its step.
 * @element pay-card-form
 * @fires submit - The customer confirmed; the form's own event.
 * @fires {AnnounceEvent} announce - What is wrong, what is new, and that a waiting time is over.
 * @fires {ActionEvent} action - Another SMS, or a saved card removed.
 * @fires leave-method - The customer wants to use another card.
 * @csspart panel - The form.
 */
import { html, nothing } from 'lit';
import { type EnterCardCode, findCard, type ProblemCode, passesLuhn } from '#contract';
import { AnnounceEvent, define } from '../../parts/elements.ts';
import '../../parts/copy-row.ts';
import '../../parts/countdown.ts';
import type { SubmitRequest } from '../../session/submit-action.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { ActionEvent, CheckedForm, type MethodFormProps, RetryTimer, retryAfterMs } from '../method-form.ts';
import { reformat } from '../text-input.ts';
import { cardStyles } from './card.styles.ts';
import { type CardField, cardFieldErrors, cardFormState, cardMasks, cardProblem, sendCard } from './card-state.ts';
import { renderCard, resentText } from './card-view.ts';

export class CardForm extends CheckedForm {
  readonly announcesProblems = true;
  /** The field in which an input method composes a character, and its text. */
  #composing: { field: CardField; text: string } | null = null;
  /** Id of the saved card whose removal has to be confirmed; '' for none. */
  #removing = '';
  /** The buttons that remove cards are shown. */
  #managing = false;
  /** What a running request does, if it is not a try to pay. Its value is the key of its text. */
  #running: 'asking' | 'removing' | null = null;
  /** As it was rendered last. */
  #rendered: { sms: EnterCardCode | null; problem: MethodFormProps['problem'] } | null = null;
  /** The focus was inside before this render. */
  #hadFocus = false;

  get validationError(): ProblemCode {
    return cardFieldErrors(this.#state)[0]?.code ?? 'card_number';
  }

  get busyText(): string {
    return this.#texts?.[this.#running ?? (this.#pays ? 'paying' : 'asking')] ?? '';
  }

  override validate(): boolean {
    return super.validate() && !this.#locked() && !this.#state.isSpent && !this.#asked;
  }

  /** Focuses the first invalid field; else keeps the focus if it is inside; else takes the first field. */
  override focus(options?: FocusOptions): void {
    if (this.isUpdatePending) return void this.updateComplete.then(() => this.focus(options));
    const inside = this.#holdsFocus();
    const wanted = [
      '[aria-invalid="true"]',
      ...(inside ? [] : ['.yes', '#sms-code:enabled', ':checked', '#card-number', '.submit']),
    ];
    const first = wanted.map((selector) => this.querySelector<HTMLElement>(selector)).find((element) => element !== null);
    first?.focus(options);
    // A wrong code is typed anew.
    if (first?.id === 'sms-code') (first as HTMLInputElement).select();
  }

  readonly send: SubmitRequest = (...request) => {
    this.checked = false;
    return sendCard(this.context, this.#state, false, ...request);
  };

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
    new RetryTimer(this, this.#untilResend, () => this.#texts?.resendNow ?? '');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode(), cardStyles);
  }

  /** What was entered is removed from memory together with the form. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.draft.card = null;
  }

  protected override willUpdate(): void {
    if (!this.context.busy) this.#running = null;
    this.#hadFocus = this.matches(':focus-within');
  }

  protected override render() {
    const { context } = this;
    const { whole } = context.language;
    if (!whole) return nothing;
    const state = this.#state;
    return html`<form part="panel" class="panel" novalidate>
      ${renderCard({
        ...context,
        texts: whole.card,
        state,
        errors: cardProblem(context, state, this.checked ? cardFieldErrors(state) : [], whole),
        busyText: this.busyText,
        pays: this.#pays,
        removing: this.#asked,
        managing: this.#managing,
        onManage: this.#onManage,
        locked: this.#locked,
        untilResend: this.#untilResend,
        shownIn: this.#shownIn,
        onType: this.#onType,
        onSave: this.#onSave,
        onChoose: this.#onChoose,
        onAskRemoval: this.#onAskRemoval,
        onRemove: this.#onRemove,
        onResend: this.#onResend,
        onOther: this.#onOther,
      })}
    </form>`;
  }

  /** Announces what is new, and keeps the focus inside when the field or button that had it is gone. */
  protected override updated(): void {
    const { whole } = this.context.language;
    if (!whole) return;
    const { problem } = this.context;
    const state = this.#state;
    const { sms } = state;
    const before = this.#rendered;
    this.#rendered = { sms, problem };
    if (before && sms && !before.sms) this.dispatchEvent(new AnnounceEvent(whole.card.codeTitle));
    if (before?.sms && sms?.resent && sms.resendAt !== before.sms.resendAt)
      this.dispatchEvent(new AnnounceEvent(resentText(sms, whole.card)));
    if (problem && problem !== before?.problem)
      this.dispatchEvent(new AnnounceEvent(Object.values(cardProblem(this.context, state, [], whole)).join(' '), true));
    // The button that sent the card is still there and keeps the focus, but what comes next is the code.
    if (this.#hadFocus && before && sms && !before.sms) this.querySelector<HTMLElement>('#sms-code')?.focus();
    else if (this.#hadFocus && !this.#holdsFocus()) this.focus();
  }

  protected invalidText(): string | null {
    const [first] = cardFieldErrors(this.#state);
    return first ? (this.#texts?.[first.text] ?? '') : null;
  }

  get #texts() {
    return this.context.language.whole?.card;
  }

  get #state() {
    return cardFormState(this.context);
  }

  /** The click pays; otherwise an SMS is sent first. */
  get #pays(): boolean {
    const { action, sms, saved } = this.#state;
    return sms !== null || (saved !== null && !action?.confirmSaved);
  }

  /** Not where an SMS code is typed: what has to wait there is another SMS, and its button says how long. */
  readonly #locked = () => (this.#state.sms ? 0 : retryAfterMs(this.context));

  /** A field that was just disabled has the focus for a moment longer, but takes no key. */
  readonly #holdsFocus = () => this.querySelector(':focus:enabled') !== null;

  readonly #untilResend = () => {
    const at = Date.parse(this.#state.sms?.resendAt ?? '');
    return Math.max(0, at - this.context.now(), retryAfterMs(this.context)) || 0;
  };

  readonly #shownIn = (field: CardField) =>
    this.#composing?.field === field ? this.#composing.text : cardMasks[field].show(this.#state.typed[field]);

  readonly #onType = (field: CardField, event: InputEvent) => {
    const input = event.target as HTMLInputElement;
    this.#composing = event.isComposing === true ? { field, text: input.value } : null;
    if (this.#composing) return;
    const { typed } = this.#state;
    const before = typed.number;
    // Only a paste brings an expiry into the field of the number.
    const expire = field === 'number' ? findCard(input.value)?.expire : '';
    if (expire) typed.expire = cardMasks.expire.read(expire);
    typed[field] = reformat(input, event, typed[field], cardMasks[field]);
    const { number } = typed;
    if (number !== before && number.length === 16 && !passesLuhn(number) && this.#texts)
      this.dispatchEvent(new AnnounceEvent(this.#texts.numberDoubt));
    this.requestUpdate();
  };

  readonly #onSave = (save: boolean) => {
    this.#state.typed.save = save;
  };

  readonly #onChoose = (id: string) => {
    this.#state.typed.saved = id;
    this.checked = false;
    this.requestUpdate();
  };

  readonly #onManage = () => {
    this.#managing = !this.#managing;
    this.#removing = '';
    this.requestUpdate();
  };

  /** Id of the saved card in question; '' for none, also where the card is gone. Nothing is paid while it is asked about. */
  get #asked(): string {
    return this.#state.action?.saved.find(({ id }) => id === this.#removing)?.id ?? '';
  }

  readonly #onAskRemoval = (id: string) => {
    this.#removing = id;
    this.requestUpdate();
  };

  readonly #onRemove = (id: string) => {
    if (this.context.busy) return;
    const { typed } = this.#state;
    // The first of those that stay is chosen then.
    if (typed.saved === id) typed.saved = null;
    this.#removing = '';
    this.#running = 'removing';
    this.dispatchEvent(new ActionEvent(`remove:${id}`, (client, key, signal) => client.remove(`card/saved/${id}`, key, signal)));
  };

  readonly #onResend = () => {
    if (this.context.busy) return;
    const { typed, isSpent } = this.#state;
    if (isSpent) typed.code = '';
    this.checked = false;
    this.#running = 'asking';
    this.dispatchEvent(new ActionEvent('resend', (...request) => sendCard(this.context, this.#state, true, ...request)));
  };

  readonly #onOther = () => {
    if (this.context.busy) return;
    Object.assign(this.#state.typed, { direct: null, code: '' });
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
