/**
 * The form for wallets: choose a wallet, see where to transfer to, submit the transaction number. It is a chunk of its own,
 * fetched when a payment offers wallets.
 * @element pay-wallet-form
 * @fires submit - The customer confirmed; the form's own event.
 * @fires {AnnounceEvent} announce - What is wrong with the input; that the time is up.
 * @fires leave-method - The customer wants to choose again. They have transferred nothing, or the transfer may still be found.
 * @csspart panel - The form.
 * @csspart requisites, requisite - Where to transfer to.
 */
import { html, nothing } from 'lit';
import { type DeskProblem, readTransactionNumber } from '#contract';
import { ofDocument } from '../../browser.ts';
import { problemText } from '../../messages/language.ts';
import { AnnounceEvent, define } from '../../parts/elements.ts';
import type { BffClient } from '../../session/bff-client.ts';
import '../../parts/copy-row.ts';
import '../../parts/countdown.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { ActionEvent, CheckedForm, type ProblemTexts, RetryTimer, retryAfterMs } from '../method-form.ts';
import { PictureChoice } from './picture-field.ts';
import { invalidKey, invalidText } from './transfer-check.ts';
import { walletStyles } from './wallet.styles.ts';
import { chooseWallet, confirmSecond, noMoreNumbers, transferSteps } from './wallet-view.ts';

const isFramed = window.parent !== window;

export class WalletForm extends CheckedForm {
  readonly validationError = 'number_format';
  /** Status of the payment at the last render. */
  #status = '';
  readonly #picture = new PictureChoice(() => this.requestUpdate());
  /** Id of the attempt whose last number was put into the field. */
  #restored = '';

  get busyText(): string {
    const { language, action } = this.context;
    const { transfer } = language.whole ?? {};
    return (action.kind === 'transfer' ? transfer?.sending : transfer?.asking) ?? '';
  }

  constructor() {
    super();
    new RetryTimer(this, this.#locked, () => this.context.language.texts.retryNow);
  }

  /** After too many wrong numbers: whether another one may be submitted later is known by the time to wait. */
  problemTexts({ code, retryAt }: DeskProblem): ProblemTexts | undefined {
    const { transfer } = this.context.language.whole ?? {};
    if (transfer && retryAt) return { ...transfer.problems, too_many_attempts: transfer.numberWait };
    // A proxy may have refused a picture that was too big for it. No page of another origin can read its answer.
    return transfer && this.#isPictureLost(code) ? { ...transfer.problems, network: transfer.pictureLost } : undefined;
  }

  readonly #isPictureLost = (code: string | undefined) => code === 'network' && this.context.draft.picture !== null;

  override validate(): boolean {
    return super.validate() && !this.#locked();
  }

  /** Focuses the first invalid field, else where the customer is: at the first step, or at the number. */
  override focus(options?: FocusOptions): void {
    const { draft, problem } = this.context;
    // The heading of the first step, because in a field the keyboard of a phone would cover what to do in the wallet. Where a number
    // is typed already, or was refused, the customer is past that.
    const place = draft.number || problem ? '#transaction-number' : '.step';
    const selectors = [
      '[aria-invalid="true"]',
      '[data-invalid="true"]',
      ':checked',
      place,
      '#transaction-number',
      '.title',
      '.submit',
    ];
    if (this.matches(':focus-within') && !this.querySelector(selectors.slice(0, 2).join())) return;
    const first = selectors.map((selector) => this.querySelector<HTMLElement>(selector)).find((element) => element !== null);
    first?.focus(options);
  }

  readonly send = async (client: BffClient, key: string, signal: AbortSignal) => {
    const { action, draft, view } = this.context;
    this.checked = false;
    if (action.kind === 'confirm') return client.post('wallet', { walletType: view.attempt?.transfer?.walletType }, key, signal);
    if (action.kind === 'choose_wallet') {
      const acknowledge = view.nextAction.kind === 'confirm';
      return client.post('wallet', { walletType: this.#wallet, ...(acknowledge && { acknowledge }) }, key, signal);
    }
    if (!draft.picture) return client.post('wallet/transaction', { transactionNumber: draft.number }, key, signal);
    await this.#picture.ready;
    const form = new FormData();
    form.set('transactionNumber', draft.number);
    form.set('screenshot', draft.picture);
    return client.post('wallet/screenshot', form, key, signal);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode(), walletStyles);
    ofDocument('addEventListener')('visibilitychange', this.#onReturn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    ofDocument('removeEventListener')('visibilitychange', this.#onReturn);
  }

  /** After a reload the field shows the number that was submitted last, so that it can be compared with the wallet app. */
  protected override willUpdate(): void {
    const { view, draft } = this.context;
    const { id = '', submittedReference: entered = null } = view.attempt ?? {};
    if (entered !== null && id !== this.#restored && view.nextAction.kind === 'transfer') draft.number ||= entered;
    this.#restored = id;
  }

  protected override render() {
    const { context } = this;
    const texts = context.language.whole?.transfer;
    if (!texts) return nothing;
    const { action, problem, language, view } = context;
    const invalid = (this.checked && invalidKey(this.context, this.#wallet)) || (this.#picture.isWrong ? 'pictureWrong' : '');
    const error = invalid
      ? invalidText(this.context, texts, invalid)
      : problem
        ? problemText(problem, language, view, this.problemTexts(problem))
        : '';
    if (action.kind === 'choose_wallet') {
      const listed = !context.buttonless && action.wallets.length + view.methods.length > 2;
      return html`<form part="panel" class="panel" novalidate>
        ${chooseWallet({ ...context, action, texts, error, chosen: this.#wallet, listed, onChoose: this.#onChoose, onLook: this.#onLook })}
      </form>`;
    }
    if (action.kind === 'confirm') {
      return html`<form part="panel" class="panel" novalidate>${confirmSecond(context, texts, this.#onAcknowledge)}</form>`;
    }
    if (action.kind !== 'transfer') return nothing;
    if (problem?.code === 'too_many_attempts' && !problem.retryAt)
      return html`<form part="panel" class="panel" novalidate>${noMoreNumbers(context, texts, error, this.#leave)}</form>`;
    const refused = problem?.field === 'screenshot' || this.#isPictureLost(problem?.code);
    const about = invalid.startsWith('picture') || (!invalid && refused) ? 'picture' : 'number';
    return html`<form part="panel" class="panel" novalidate @dragover=${this.#onDrag} @drop=${this.#onDrop} @paste=${this.#onPaste}>
      ${transferSteps({ ...context, action, texts, error, about, wrong: invalid !== '', preview: this.#picture.previewOf(context.draft.picture), locked: this.#locked, onNumber: this.#onNumber, onPicture: this.#onPicture, onLeave: this.#leave })}
    </form>`;
  }

  protected override updated(): void {
    const { view, language } = this.context;
    const before = this.#status;
    this.#status = view.status;
    if (before === 'awaiting_customer' && view.status === 'expired' && language.whole) {
      this.dispatchEvent(new AnnounceEvent(`${language.texts.titles.expired}. ${language.whole.transfer.late}`));
    }
  }

  readonly #locked = () => retryAfterMs(this.context);

  readonly #onLook = () => {
    if (!this.context.busy) this.dispatchEvent(new ActionEvent('look', (client, _key, signal) => client.read(signal)));
  };

  readonly #leave = () => void this.dispatchEvent(new Event('leave-method', { bubbles: true }));

  readonly #onAcknowledge = () => {
    this.context.draft.acknowledged = true;
    this.#leave();
  };

  get #wallet(): string {
    const { action, draft } = this.context;
    if (action.kind !== 'choose_wallet') return '';
    return (
      action.wallets.find(({ walletType }) => walletType === draft.wallet)?.walletType ?? action.wallets[0]?.walletType ?? ''
    );
  }

  protected invalidText(): string | null {
    const invalid = invalidKey(this.context, this.#wallet);
    const texts = this.context.language.whole?.transfer;
    return invalid ? (texts ? invalidText(this.context, texts, invalid) : '') : null;
  }

  readonly #onChoose = (walletType: string) => {
    this.context.draft.wallet = walletType;
    this.requestUpdate();
  };

  /** If a whole SMS is pasted, only the number in it stays, so that the customer sees what will be sent. */
  readonly #onNumber = (event: Event) => {
    const { action, draft } = this.context;
    const input = event.target as HTMLInputElement;
    draft.number = input.value;
    const pasted = (event as InputEvent).inputType === 'insertFromPaste' && action.kind === 'transfer';
    const found = pasted ? readTransactionNumber(input.value, action.number) : null;
    if (found !== null) {
      draft.number = found;
      input.value = found;
    }
    this.requestUpdate();
  };

  readonly #onPicture = (file: File | undefined) => this.#picture.choose(file, this.context.draft);

  /** Otherwise the browser would leave the page to show the picture. */
  readonly #onDrag = (event: DragEvent) => event.preventDefault();

  readonly #onDrop = (event: DragEvent) => {
    event.preventDefault();
    if (this.#takesPicture) void this.#onPicture(event.dataTransfer?.files[0]);
  };

  readonly #onPaste = (event: ClipboardEvent) => {
    if (this.#takesPicture && event.clipboardData?.files.length) void this.#onPicture(event.clipboardData.files[0]);
  };

  get #takesPicture(): boolean {
    const { action, busy, disabled } = this.context;
    return action.kind === 'transfer' && action.screenshot && !busy && !disabled;
  }

  /** The customer is back from the wallet app, with the number in mind or in the clipboard. */
  readonly #onReturn = () => {
    if (ofDocument('hidden')) return;
    this.#focusNumber();
    // A frame gets its focus back a moment later.
    if (isFramed) setTimeout(this.#focusNumber, 300);
  };

  readonly #focusNumber = () => {
    const { action, draft } = this.context;
    if (action.kind === 'transfer' && !draft.number && this.#mayFocus)
      this.querySelector<HTMLElement>('#transaction-number')?.focus();
  };

  /** The focus is here or nowhere. It is not taken from a field of the shop, also where that is in the page around our frame. */
  get #mayFocus(): boolean {
    const focused = ofDocument('activeElement');
    if (isFramed && !ofDocument('hasFocus')()) return false;
    const root = this.getRootNode() as ShadowRoot;
    return !focused || focused === ofDocument('body') || root.activeElement !== null;
  }
}

define('pay-wallet-form', WalletForm);

declare global {
  interface HTMLElementTagNameMap {
    'pay-wallet-form': WalletForm;
  }
}
