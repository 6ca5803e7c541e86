/** Holds the state of the payment: opens it, sends what the customer confirms, and follows it while others change it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DeskProblem, PaymentView } from '#contract';
import { type Answer, isSameSource, isStale, PaymentConnection, type PaymentSource, withSlowNotice } from './bff-client.ts';
import { isMoving, PaymentPoller } from './poller.ts';
import { IdempotencyKeys, isDefinite, type SubmitPermission, type SubmitRequest, submitAction } from './submit-action.ts';
import type { TabSync } from './tab-sync.ts';

/** Read from the host with every update. */
export interface PaymentControllerOptions {
  /** A different source opens a different payment. */
  source(): PaymentSource;
  /** Undefined until its chunk has arrived. It may come late: nobody pays in two tabs before the first paint. */
  TabSync(): typeof TabSync | undefined;
}

export class PaymentController implements ReactiveController {
  /** The newest view; null until the payment is open. */
  view: PaymentView | null = null;
  /** Why there is nothing to show; with a view, why it can no longer be followed. */
  loadProblem: DeskProblem | null = null;
  /** A request of the customer is running. */
  busy = false;
  /** The text of the running or the last request; '' for a try to pay. */
  acting = '';
  /** The BFF cannot be reached right now. */
  offline = false;
  /** The customer waits longer than usual. */
  slow = false;

  #problem: DeskProblem | null = null;
  readonly #host: ReactiveControllerHost & Pick<Node, 'isConnected'>;
  readonly #options: PaymentControllerOptions;
  readonly #keys = new IdempotencyKeys();
  #connection: PaymentConnection | null = null;
  #session = new AbortController();
  #submission: Promise<Answer> | null = null;
  #clockAhead = 0;
  /** What polling brought while a click was on its way. It is shown only if that takes long. */
  #held: [Answer, AbortSignal] | null = null;
  readonly #poller = new PaymentPoller((signal) => void this.#poll(signal));
  #tabs: TabSync | null = null;

  constructor(host: ReactiveControllerHost & Pick<Node, 'isConnected'>, options: PaymentControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#poller.start();
    addEventListener('offline', this.#onOffline);
    if (this.#connection) void this.#open(this.#connection.source);
  }

  hostDisconnected(): void {
    this.#poller.stop();
    removeEventListener('offline', this.#onOffline);
    this.#abandon();
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return; // What a removed element had begun to load updates it still.
    const source = this.#options.source();
    if (!isSameSource(this.#connection?.source, source)) void this.#open(source);
    this.#connectTabs();
  }

  /** Why the last try failed. Null while a request runs, because polling must not answer in its place. */
  get problem(): DeskProblem | null {
    return this.busy ? null : this.#problem;
  }

  /** A request of the customer is running in another tab. */
  get submittingElsewhere(): boolean {
    return !!this.#tabs?.busy;
  }

  /** The secret that opens the payment now; null until it is open. */
  get secret(): string | null {
    return this.#connection?.secret ?? null;
  }

  /** The server's clock, in milliseconds since 1970. */
  now = (): number => Date.now() + this.#clockAhead;

  /** Reads the payment again; typed input stays. */
  async refresh(): Promise<void> {
    if (!this.#connection || this.#submission) return;
    const { signal } = this.#session;
    if (this.view) this.#onAnswer(await this.#connection.ask((client) => client.read(signal), signal), signal);
    else await this.#open(this.#connection.source);
  }

  /** While the outcome is open, has the BFF ask the payment service now; otherwise reads the payment again. */
  async recheck(): Promise<void> {
    const connection = this.#connection;
    if (!connection || this.view?.status !== 'processing' || this.#submission) {
      this.#problem = null; // It is shown until the answer is there. Where the payment may still be paid, it is over.
      return this.refresh();
    }
    const { signal } = this.#session;
    const name = `${this.view.id}:recheck`;
    const answer = await connection.ask((client) => client.post('recheck', {}, this.#keys.take(name), signal), signal);
    if (answer.ok || isDefinite(answer)) this.#keys.forget(name); // Whatever it found, the next click asks again.
    this.#onAnswer(answer, signal);
  }

  /**
   * Sends the request of one click. A second click while it runs gets the same answer.
   * @param acting What is being done, as a text; '' for a try to pay.
   * @param permission Waited for before anything is sent; resolves with why nothing may be sent.
   */
  submit(action: string, send: SubmitRequest, acting = '', permission?: SubmitPermission): Promise<Answer> {
    this.#submission ??= this.#submit(action, send, acting, permission).finally(() => {
      this.#submission = null;
    });
    return this.#submission;
  }

  /** Ends the payment, or only its current attempt, so that another method can be chosen. */
  end = (how: 'cancel' | 'abandon'): Promise<Answer> =>
    this.submit(how, (client, key, signal) => client.post(how, {}, key, signal));

  /** Opens a payment. Whatever was running for the last one is abandoned. */
  async #open(source: PaymentSource): Promise<void> {
    const connection = this.#connection?.source === source ? this.#connection : new PaymentConnection(source);
    this.#abandon();
    this.#session = new AbortController();
    if (connection !== this.#connection) this.view = this.#problem = null;
    this.#connection = connection;
    this.loadProblem = null;
    this.#host.requestUpdate();
    const { signal } = this.#session;
    this.#onAnswer(await withSlowNotice(connection.open(signal), this.#onSlow), signal);
  }

  #connectTabs(): void {
    const Tabs = this.#options.TabSync();
    if (!Tabs || this.#tabs || !this.view) return;
    this.#tabs = new Tabs((version) => {
      if (this.view && version > this.view.version) void this.refresh();
      this.#host.requestUpdate();
    });
    this.#tabs.join(this.view.id, this.view.version);
    if (this.busy) this.#updateTabs();
  }

  async #submit(action: string, send: SubmitRequest, acting: string, permission?: SubmitPermission): Promise<Answer> {
    const before = this.view;
    const connection = this.#connection;
    const { signal } = this.#session;
    if (!connection || !before) throw new Error('There is no open payment.');
    this.#problem = null;
    this.busy = true;
    this.acting = acting;
    this.#host.requestUpdate();
    this.#updateTabs();
    const answer = await submitAction({
      name: `${before.id}:${action}`,
      keys: this.#keys,
      before,
      permission,
      current: () => this.view,
      send,
      signal,
      ask: (call) => withSlowNotice(connection.ask(call, signal), this.#onSlow),
    });
    if (signal.aborted) return answer;
    this.busy = false;
    this.#held = null;
    this.#onAnswer(answer, signal);
    this.#updateTabs();
    if (!answer.ok) this.#problem = answer.problem;
    return answer;
  }

  /** Follows the payment. Where it could not be opened, opening is tried again, and the load error stays meanwhile. */
  async #poll(signal: AbortSignal): Promise<void> {
    const { view } = this;
    const connection = this.#connection;
    if (!connection || this.#submission || (!view && (!this.loadProblem || isStale(this.loadProblem)))) return;
    if (!view) return this.#onAnswer(await connection.open(signal), signal);
    const answer = await connection.ask(
      (client) => (isMoving(view) ? client.follow(view.version, signal) : client.read(signal)),
      signal,
    );
    // A click of the customer is on its way: "we are checking" would take the field away from them.
    if (this.busy && !this.slow && answer?.view?.status === 'processing') this.#held = [answer, signal];
    else this.#onAnswer(answer, signal);
  }

  #onAnswer(answer: Answer | null, signal: AbortSignal): void {
    if (!answer || signal.aborted) return;
    if (answer.view) this.#onView(answer.view);
    const problem = answer.ok ? null : answer.problem;
    const { view } = this;
    const stale = !!problem && isStale(problem);
    if (problem && (!view || (stale && view.nextAction.kind !== 'none')) && problem.code !== this.loadProblem?.code)
      this.loadProblem = problem;
    this.offline = !!view && !this.loadProblem && problem?.code === 'network';
    if (problem && !stale && !answer.view && !('unsent' in answer)) this.#poller.missed();
    else this.#poller.next(stale ? null : this.#dueInMs());
    this.#host.requestUpdate();
  }

  /** Answers may overtake each other; an older view changes nothing. */
  #onView(view: PaymentView): void {
    this.#clockAhead = Date.parse(view.now) - Date.now();
    const before = this.view;
    if (before && before.id === view.id && before.version > view.version) return;
    if (before?.status === 'processing' && view.status !== 'processing') this.#keys.forget(`${view.id}:pay`);
    if (!before || before.version !== view.version) this.#problem = view.problem;
    this.view = view;
    this.loadProblem = null;
    this.#tabs?.join(view.id, view.version);
    if (before && before.version !== view.version) this.#updateTabs();
  }

  readonly #updateTabs = () => this.#tabs?.send({ version: this.view?.version ?? 0, busy: this.busy });

  /** Milliseconds until the payment should be read again; null where nobody is expected to change it. */
  #dueInMs(): number | null {
    const { view } = this;
    if (view && isMoving(view)) return 0;
    if (!view || view.nextAction.kind === 'none') return null;
    // Only the server decides that it has expired; our clock says when to ask.
    const left = Date.parse(view.expiresAt) - this.now();
    return left > 0 ? left + 500 : 5000;
  }

  #abandon(): void {
    this.#session.abort();
    this.#poller.rest();
    this.#tabs?.leave();
    this.busy = this.offline = false;
  }

  readonly #onSlow = (slow: boolean) => {
    if (this.slow !== slow) this.#host.requestUpdate();
    this.slow = slow;
    if (slow && this.#held) this.#onAnswer(...this.#held);
    this.#held = null;
  };

  readonly #onOffline = () => {
    this.offline = !!this.view;
    this.#host.requestUpdate();
  };
}
