/**
 * A checkout page without a browser: sends the requests of `<pay-desk>` on the shop's page, in a fixed order, and reads only on
 * demand.
 */
import type { PaymentView } from '#contract';
import type { CheckoutOnShow } from '../../demo/page/checkout-on-show.ts';

type Action = PaymentView['nextAction'];

export class CheckoutWithoutBrowser implements CheckoutOnShow {
  view: PaymentView | null = null;
  clientSecret = '';
  #apiBase = '';
  #typed = '';
  #wallet: string | null = null;
  #picture: File | null = null;
  #opening: Promise<void> = Promise.resolve();
  /** Clicks that are not awaited. */
  #clicks: Promise<void> = Promise.resolve();

  readonly #opened: (clientSecret: string) => void;

  /** @param opened Is called with the client secret of each page that is shown. */
  constructor(opened: (clientSecret: string) => void) {
    this.#opened = opened;
  }

  /** @param address Address of the shop's page. */
  show(address: string): void {
    this.#opening = this.#open(address);
  }

  async #open(address: string): Promise<void> {
    const page = await (await fetch(address)).text();
    const read = (name: string) => new RegExp(`data-${name}="([^"]*)"`).exec(page)?.[1] ?? '';
    // A client secret that comes late is used at once.
    const clientSecret = read('client-secret') || read('late-secret');
    const bffUrl = /src="([^"]+)\/v1\/[^"]+" async/.exec(page)?.[1] ?? '';
    Object.assign(this, { view: null, clientSecret });
    this.#opened(clientSecret);
    this.#apiBase = read('api-base') || bffUrl;
    this.#typed = '';
    this.#wallet = this.#picture = null;
    await this.refresh();
  }

  ready(): Promise<void> {
    return this.#opening;
  }

  refresh(): Promise<void> {
    return this.#ask('GET', '');
  }

  fill(text: string): boolean {
    if (!this.view || !/^(choose|enter_code|transfer|send_sms)$/.test(this.view.nextAction.kind)) return false;
    this.#typed = text;
    return true;
  }

  submit(): Promise<void> {
    const click = this.#send();
    this.#clicks = Promise.all([this.#clicks, click]).then(() => undefined);
    return click;
  }

  /** Resolves when every click was answered. */
  answered(): Promise<void> {
    return this.#clicks;
  }

  async toWallets(walletType: string): Promise<void> {
    this.#wallet = walletType;
  }

  async addPicture(): Promise<void> {
    this.#picture = new File([picture], 'transfer.png', { type: 'image/png' });
  }

  leaveTransfer(): Promise<void> {
    return this.#ask('POST', '/abandon', {});
  }

  submitCard(): Promise<void> {
    const [saved] = this.#offered('enter_card')?.saved ?? [];
    return this.#ask('POST', '/card/saved', { cardId: saved?.id });
  }

  #send(): Promise<void> {
    const typed = this.#typed;
    const action = this.view?.nextAction;
    if (this.#wallet && this.#offered('choose_wallet'))
      return this.#ask('POST', '/wallet', {
        walletType: this.#wallet,
        ...(action?.kind === 'confirm' && { acknowledge: true }),
      });
    if (action?.kind !== 'transfer') return this.#ask('POST', '/pay-code', { code: typed });
    if (!this.#picture) return this.#ask('POST', '/wallet/transaction', { transactionNumber: typed });
    const form = new FormData();
    form.set('transactionNumber', typed);
    form.set('screenshot', this.#picture);
    return this.#ask('POST', '/wallet/screenshot', form);
  }

  #offered<Kind extends Action['kind']>(kind: Kind): Extract<Action, { kind: Kind }> | undefined {
    const action = this.view?.nextAction;
    const all: Action[] = action && 'options' in action ? action.options : action ? [action] : [];
    return all.find((one): one is Extract<Action, { kind: Kind }> => one.kind === kind);
  }

  /** Keeps the view where the connection is lost. */
  async #ask(method: string, path: string, body?: object): Promise<void> {
    const form = body instanceof FormData;
    try {
      const response = await fetch(`${this.#apiBase}/checkout${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.clientSecret}`,
          ...(body && { 'idempotency-key': crypto.randomUUID() }),
          ...(body && !form && { 'content-type': 'application/json' }),
        },
        ...(body && { body: form ? body : JSON.stringify(body) }),
      });
      const answer = (await response.json()) as PaymentView | { view?: PaymentView };
      const view = 'nextAction' in answer ? answer : answer.view;
      if (view) this.view = view;
    } catch {
      // The line is cut.
    }
  }
}

/** One white pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
