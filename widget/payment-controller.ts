/** Holds the payment's truth as the BFF tells it: opens it, sends what the customer confirms, follows it while others move it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PaymentView } from '#contract';
import type { Answer, BffClient } from './bff-client.ts';
import type { DeskProblem } from './desk-problem.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import { OtherTabs } from './other-tabs.ts';
import { isStale, PaymentConnection, type PaymentSource } from './payment-connection.ts';
import { followPayment } from './payment-follower.ts';
import { whenBack } from './when-back.ts';

/** What is sent by one click. The same key goes out again until the outcome of that click is definite. */
export type Send = (client: BffClient, idempotencyKey: string, signal: AbortSignal) => Promise<Answer>;

export class PaymentController implements ReactiveController {
  /** The newest truth; null until the payment is open. */
  view: PaymentView | null = null;
  /** Why there is nothing to show; with a view, why it cannot be followed any more. */
  loadProblem: DeskProblem | null = null;
  /** Why the last try failed, while the customer may try again. */
  problem: DeskProblem | null = null;
  /** A click is on its way. */
  busy = false;
  /** The BFF cannot be reached right now. */
  offline = false;
  /** The customer waits longer than is usual. */
  slow = false;
  /** A click is on its way in another tab. */
  elsewhere = false;

  readonly #host: ReactiveControllerHost;
  readonly #keys = new IdempotencyKeys();
  #connection: PaymentConnection | null = null;
  #session = new AbortController();
  #sending: Promise<Answer> | null = null;
  #clockAhead = 0;
  #unwatch: (() => void) | undefined;
  #unfollow: (() => void) | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #elsewhereEnds: ReturnType<typeof setTimeout> | undefined;
  readonly #tabs = new OtherTabs(({ version, busy }) => this.#hearTab(version, busy));

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unwatch = whenBack(this.#catchUp);
    addEventListener('offline', this.#onOffline);
    if (this.#connection) void this.open(this.#connection.source);
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    removeEventListener('offline', this.#onOffline);
    this.#leave();
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
    if (!same) Object.assign(this, { view: null, problem: null });
    this.loadProblem = null;
    this.#host.requestUpdate();
    const { signal } = this.#session;
    const answer = await this.#patiently(this.#connection.open(signal));
    if (!answer) return;
    if (!signal.aborted && !answer.ok && !this.view) this.loadProblem = answer.problem;
    this.#hear(answer, signal);
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
    const answer = await connection.ask((client) => client.recheck(this.#keys.take(name), signal), signal);
    if (answer.ok || isDefinite(answer)) this.#keys.forget(name); // whatever it found, the next click asks anew
    this.#hear(answer, signal);
  }

  /** Sends one click; a second one while it is on its way gets the same answer. */
  submit(action: string, send: Send): Promise<Answer> {
    this.#sending ??= this.#patiently(this.#submit(action, send)).finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  cancel(): Promise<Answer> {
    return this.submit('cancel', (client, key, signal) => client.cancel(key, signal));
  }

  abandon(): Promise<Answer> {
    return this.submit('abandon', (client, key, signal) => client.abandon(key, signal));
  }

  async #submit(action: string, send: Send): Promise<Answer> {
    const before = this.view;
    const connection = this.#connection;
    const { signal } = this.#session;
    if (!connection || !before) throw new Error('There is no open payment.');
    Object.assign(this, { busy: true, problem: null });
    this.#host.requestUpdate();
    const name = `${before.id}:${action}`;
    this.#tabs.tell({ version: before.version, busy: true });
    const attempt = () => connection.ask((client) => send(client, this.#keys.take(name), signal), signal);
    let answer = await attempt();
    let reachable = true;
    if (!answer.ok && answer.problem.code === 'idempotency_conflict') {
      // The key belonged to something else that was typed, before an error or a reload: this click is a new one.
      this.#keys.forget(name);
      answer = await attempt();
    }
    if (!isDefinite(answer) && !answer.view) {
      // Whether the click arrived is not known. If the payment moved since, that is the answer.
      const read = await connection.ask((client) => client.read(signal), signal);
      reachable = read.ok;
      if (read.ok && (read.view.status !== 'open' || (read.view.version > before.version && read.view.problem))) answer = read;
    }
    if (isDefinite(answer)) this.#keys.forget(name);
    if (!signal.aborted) this.busy = false;
    this.#tabs.tell({ version: answer.view?.version ?? 0, busy: false });
    this.#hear(answer, signal);
    if (reachable) this.offline = false; // the form has said what became of this click
    if (!signal.aborted && !answer.ok) this.problem = answer.problem;
    return answer;
  }

  readonly #poll = async (signal: AbortSignal) => {
    if (!this.#connection || !this.view) return false;
    const { version } = this.view;
    const answer = await this.#connection.ask((client) => client.follow(version, signal), signal);
    this.#hear(answer, signal);
    return answer.ok;
  };

  #stopFollowing(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  #hear(answer: Answer, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (answer.view) this.#show(answer.view);
    this.offline = !answer.ok && answer.problem.code === 'network' && !this.loadProblem;
    clearTimeout(this.#retry);
    if (this.offline) this.#retry = setTimeout(this.#catchUp, 3000);
    if (isStale(answer) && this.view && this.view.nextAction.kind !== 'none' && !answer.ok) {
      this.loadProblem = answer.problem;
      this.#stopFollowing();
    }
    this.#host.requestUpdate();
  }

  /** Answers may overtake each other; an older one changes nothing. */
  #show(view: PaymentView): void {
    this.#clockAhead = Date.parse(view.now) - Date.now();
    const before = this.view;
    if (before && before.id === view.id && before.version > view.version) return;
    if (before?.status === 'processing' && view.status !== 'processing') this.#keys.forget(`${view.id}:pay`);
    if (!before || before.version !== view.version) this.problem = view.problem;
    this.view = view;
    this.loadProblem = null;
    this.#tabs.join(view.id);
    if (before && before.version !== view.version) this.#tabs.tell({ version: view.version, busy: this.busy });
    if (isMoving(view)) this.#unfollow ??= followPayment(this.#poll);
    else this.#stopFollowing();
    clearTimeout(this.#expiry);
    const left = Date.parse(view.expiresAt) - this.now(); // the server's word ends it, our clock only asks
    if (view.status === 'open' || view.status === 'awaiting_customer')
      this.#expiry = setTimeout(this.#catchUp, left > 0 ? left + 500 : 5000);
  }

  #leave(): void {
    this.#session.abort();
    this.#stopFollowing();
    for (const timer of [this.#expiry, this.#retry, this.#elsewhereEnds]) clearTimeout(timer);
    this.#tabs.leave();
    Object.assign(this, { busy: false, elsewhere: false, offline: false });
  }

  #hearTab(version: number, busy: boolean): void {
    this.elsewhere = busy;
    clearTimeout(this.#elsewhereEnds);
    if (busy) this.#elsewhereEnds = setTimeout(() => this.#hearTab(version + 1, false), 20_000); // that tab may have been closed
    if (this.view && version > this.view.version) void this.refresh();
    this.#host.requestUpdate();
  }

  async #patiently<T>(work: Promise<T>): Promise<T> {
    const tell = (slow: boolean) => {
      if (this.slow !== slow) this.#host.requestUpdate();
      this.slow = slow;
    };
    const timer = setTimeout(tell, 4000, true);
    return work.finally(() => {
      clearTimeout(timer);
      tell(false);
    });
  }

  readonly #onOffline = () => {
    this.offline = !!this.view;
    this.#host.requestUpdate();
  };

  /** Shown again, back online or out of time: what is painted may be old. */
  readonly #catchUp = () => {
    const following = this.view && isMoving(this.view);
    const nothingToRead = !this.view && this.loadProblem?.code !== 'network';
    if (!document.hidden && !following && !nothingToRead) void this.refresh();
  };
}

/** Somebody else will end this: the upstream, or a person who looks at it. */
const isMoving = (view: PaymentView) =>
  view.status === 'processing' || view.status === 'needs_review' || view.status === 'refunding';

/** The click has had its effect, or is known to have none. Everything else, and what we do not know, may still be on its way. */
const isDefinite = (answer: Answer) => (answer.ok ? answer.view.status !== 'processing' : definite.test(answer.problem.code));

const definite = /^(code_|too_|provider_|payment_expired|method_|order_|idempotency_|invalid_)/;
