/** Holds the payment's truth as the BFF tells it: opens it, sends what the customer confirms, follows it while others move it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PaymentView } from '#contract';
import type { Answer, DeskProblem } from './bff-client.ts';
import { isStale, PaymentConnection, type PaymentSource } from './payment-connection.ts';
import { PaymentPoller } from './poller.ts';
import { IdempotencyKeys, isDefinite, type SubmitRequest, submitAction } from './submit-action.ts';
import type { TabSync } from './tab-sync.ts';

export class PaymentController implements ReactiveController {
  /** The newest truth; null until the payment is open. */
  view: PaymentView | null = null;
  /** Why there is nothing to show; with a view, why it cannot be followed any more. */
  loadProblem: DeskProblem | null = null;
  /** A click is on its way. */
  busy = false;
  /** What it is, or the last one was, in words; '' for a try to pay. */
  acting = '';
  /** The BFF cannot be reached right now. */
  offline = false;
  /** The customer waits longer than is usual. */
  slow = false;

  #problem: DeskProblem | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #keys = new IdempotencyKeys();
  #connection: PaymentConnection | null = null;
  #session = new AbortController();
  #sending: Promise<Answer> | null = null;
  #clockAhead = 0;
  readonly #watch = new PaymentPoller((signal) => void this.#look(signal));
  #tabs: TabSync | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch.start();
    addEventListener('offline', this.#onOffline);
    if (this.#connection) void this.open(this.#connection.source);
  }

  hostDisconnected(): void {
    this.#watch.stop();
    removeEventListener('offline', this.#onOffline);
    this.#leave();
  }

  /** Why the last try failed, while the customer may try again: a click on its way is not answered by what the following hears sooner. */
  get problem(): DeskProblem | null {
    return this.busy ? null : this.#problem;
  }

  /** A click is on its way in another tab. */
  get submittingElsewhere(): boolean {
    return !!this.#tabs?.busy;
  }

  /** From then on other tabs are heard and told. They come late: nobody pays in two before the first paint. */
  connectTabs(Tabs: typeof TabSync | undefined): void {
    if (!Tabs || this.#tabs || !this.view) return;
    this.#tabs = new Tabs((version) => {
      if (this.view && version > this.view.version) void this.refresh();
      this.#host.requestUpdate();
    });
    this.#tabs.join(this.view.id);
    if (this.busy) this.#tell();
  }

  /** What opens the payment now; null until it is open. */
  get secret(): string | null {
    return this.#connection?.secret ?? null;
  }

  /** The server's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#clockAhead;
  }

  /** Shows another payment: whatever the last one was doing is left. */
  async open(source: PaymentSource): Promise<void> {
    const same = this.#connection?.source === source;
    this.#leave();
    this.#session = new AbortController();
    this.#connection = new PaymentConnection(source);
    if (!same) this.view = this.#problem = null;
    this.loadProblem = null;
    this.#host.requestUpdate();
    const { signal } = this.#session;
    this.#hear(await withSlowNotice(this.#connection.open(signal), this.#tellSlow), signal);
  }

  /** Reads the payment again; typed input stays. */
  async refresh(): Promise<void> {
    if (!this.#connection || this.#sending) return;
    const { signal } = this.#session;
    if (this.view) this.#hear(await this.#connection.ask((client) => client.read(signal), signal), signal);
    else await this.open(this.#connection.source);
  }

  /** Has the upstream asked now, where it is waited for; reads the payment otherwise. */
  async recheck(): Promise<void> {
    const connection = this.#connection;
    if (!connection || this.view?.status !== 'processing' || this.#sending) return this.refresh();
    const { signal } = this.#session;
    const name = `${this.view.id}:recheck`;
    const answer = await connection.ask((client) => client.post('recheck', {}, this.#keys.take(name), signal), signal);
    if (answer.ok || isDefinite(answer)) this.#keys.forget(name); // whatever it found, the next click asks anew
    this.#hear(answer, signal);
  }

  /** Sends one click; a second one while it is on its way gets the same answer. `words`: what it is, where it is no try to pay. */
  submit(action: string, send: SubmitRequest, words = ''): Promise<Answer> {
    this.#sending ??= withSlowNotice(this.#submit(action, send, words), this.#tellSlow).finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** Ends the payment, or leaves its live attempt, so that another method can be chosen. */
  end(how: 'cancel' | 'abandon'): Promise<Answer> {
    return this.submit(how, (client, key, signal) => client.post(how, {}, key, signal));
  }

  async #submit(action: string, send: SubmitRequest, acting: string): Promise<Answer> {
    const before = this.view;
    const connection = this.#connection;
    const { signal } = this.#session;
    if (!connection || !before) throw new Error('There is no open payment.');
    this.#problem = null;
    Object.assign(this, { busy: true, acting });
    this.#host.requestUpdate();
    this.#tell();
    const answer = await submitAction({
      name: `${before.id}:${action}`,
      keys: this.#keys,
      before,
      send,
      signal,
      ask: (call) => connection.ask(call, signal),
    });
    if (signal.aborted) return answer;
    this.busy = false;
    this.#hear(answer, signal);
    this.#tell();
    if (!answer.ok) this.#problem = answer.problem;
    return answer;
  }

  /** By long poll while others move the payment. Where it could not be opened, it is tried again, and quietly: what is said there stays. */
  async #look(signal: AbortSignal): Promise<void> {
    const { view } = this;
    const connection = this.#connection;
    if (!connection || this.#sending || (!view && (!this.loadProblem || isStale(this.loadProblem)))) return;
    if (!view) return this.#hear(await connection.open(signal), signal);
    this.#hear(
      await connection.ask((client) => (isMoving(view) ? client.follow(view.version, signal) : client.read(signal)), signal),
      signal,
    );
  }

  #hear(answer: Answer | null, signal: AbortSignal): void {
    if (!answer || signal.aborted) return;
    if (answer.view) this.#show(answer.view);
    const problem = answer.ok ? null : answer.problem;
    const { view } = this;
    const stale = !!problem && isStale(problem);
    if (problem && (!view || (stale && view.nextAction.kind !== 'none')) && problem.code !== this.loadProblem?.code)
      this.loadProblem = problem;
    this.offline = !!view && !this.loadProblem && problem?.code === 'network';
    if (problem && !stale && !answer.view) this.#watch.missed();
    else this.#watch.next(stale ? null : this.#due());
    this.#host.requestUpdate();
  }

  /** Answers may overtake each other; an older one changes nothing. */
  #show(view: PaymentView): void {
    this.#clockAhead = Date.parse(view.now) - Date.now();
    const before = this.view;
    if (before && before.id === view.id && before.version > view.version) return;
    if (before?.status === 'processing' && view.status !== 'processing') this.#keys.forget(`${view.id}:pay`);
    if (!before || before.version !== view.version) this.#problem = view.problem;
    this.view = view;
    this.loadProblem = null;
    this.#tabs?.join(view.id);
    if (before && before.version !== view.version) this.#tell();
  }

  #tell(): void {
    this.#tabs?.tell({ version: this.view?.version ?? 0, busy: this.busy });
  }

  /** Milliseconds until the payment should be looked at again; null where nobody is expected to move it. */
  #due(): number | null {
    const { view } = this;
    if (view && isMoving(view)) return 0;
    if (!view || view.nextAction.kind === 'none') return null;
    const left = Date.parse(view.expiresAt) - this.now(); // the server's word ends it, our clock only asks
    return left > 0 ? left + 500 : 5000;
  }

  #leave(): void {
    this.#session.abort();
    this.#watch.rest();
    this.#tabs?.leave();
    Object.assign(this, { busy: false, offline: false });
  }

  readonly #tellSlow = (slow: boolean) => {
    if (this.slow !== slow) this.#host.requestUpdate();
    this.slow = slow;
  };

  readonly #onOffline = () => {
    this.offline = !!this.view;
    this.#host.requestUpdate();
  };
}

/** Somebody else will end this: the upstream, or a person who looks at it. */
const isMoving = (view: PaymentView) => view.status === 'refunding' || /^(wait|transfer|confirm|send)/.test(view.nextAction.kind);

/** Says when something takes longer than is usual, and when it is over. */
export async function withSlowNotice<T>(work: Promise<T>, tell: (slow: boolean) => void): Promise<T> {
  const timer = setTimeout(tell, 4000, true);
  return work.finally(() => {
    clearTimeout(timer);
    tell(false);
  });
}
