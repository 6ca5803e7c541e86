/** Holds the payment's truth as the BFF tells it: opens it, sends what the customer confirms, follows it while others move it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PaymentView } from '#contract';
import { type Answer, type BffClient, createBffClient } from './bff-client.ts';
import type { DeskProblem } from './desk-problem.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import { followPayment } from './payment-follower.ts';
import { whenBack } from './when-back.ts';

/** Where the payment is, and its secret or the way to get one from the merchant's page. */
export interface PaymentSource {
  apiBase: string;
  clientSecret: string | null;
  fetchClientSecret: (() => Promise<string>) | null;
}

/** What is sent by one click. The same key goes out again until the outcome of that click is definite. */
export type Send = (client: BffClient, idempotencyKey: string, signal: AbortSignal) => Promise<Answer>;

export class PaymentController implements ReactiveController {
  /** The newest truth; null until the payment is open. */
  view: PaymentView | null = null;
  /** Why there is nothing to show. */
  loadProblem: DeskProblem | null = null;
  /** Why the last try failed, while the customer may try again. */
  problem: DeskProblem | null = null;
  /** A click is on its way. */
  busy = false;

  readonly #host: ReactiveControllerHost;
  readonly #keys = new IdempotencyKeys();
  #source: PaymentSource | null = null;
  #client: BffClient | null = null;
  #session = new AbortController();
  #sending: Promise<Answer> | null = null;
  #clockAhead = 0;
  #unwatch: (() => void) | undefined;
  #unfollow: (() => void) | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unwatch = whenBack(this.#catchUp);
    if (this.#source) void this.open(this.#source);
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#leave();
  }

  /** The server's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#clockAhead;
  }

  /** Shows another payment: whatever the last one was doing is left. */
  async open(source: PaymentSource): Promise<void> {
    const same = this.#source === source;
    this.#leave();
    this.#source = source;
    this.#session = new AbortController();
    if (!same) Object.assign(this, { view: null, problem: null });
    this.loadProblem = null;
    this.#host.requestUpdate();
    await this.#load(source, this.#session.signal);
  }

  /** Reads the payment again; typed input stays. */
  async refresh(): Promise<void> {
    if (!this.#source || this.#sending) return;
    const { signal } = this.#session;
    if (this.#client && this.view) this.#hear(await this.#client.read(signal), signal);
    else await this.open(this.#source);
  }

  /** Sends one click; a second one while it is on its way gets the same answer. */
  submit(action: string, send: Send): Promise<Answer> {
    this.#sending ??= this.#submit(action, send).finally(() => {
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

  async #load(source: PaymentSource, signal: AbortSignal): Promise<void> {
    const ask = async () => (await source.fetchClientSecret?.().catch(() => null)) ?? null;
    const secret = source.clientSecret ?? (await ask());
    if (signal.aborted || (!secret && !source.fetchClientSecret)) return;
    let answer = await this.#connect(source, secret, signal);
    // A secret that the page can mint again is asked for once more before the customer is told that it does not open.
    const stale = !answer.ok && (answer.problem.code === 'unauthorized' || answer.problem.code === 'not_found');
    if (stale && source.fetchClientSecret && !signal.aborted) answer = await this.#connect(source, await ask(), signal);
    if (!signal.aborted && !answer.ok) this.loadProblem = answer.problem;
    this.#hear(answer, signal);
  }

  async #connect(source: PaymentSource, secret: string | null, signal: AbortSignal): Promise<Answer> {
    if (!secret) return { ok: false, problem: { code: 'network', ref: '' }, view: null };
    this.#client = createBffClient(source.apiBase, secret);
    return this.#client.read(signal);
  }

  async #submit(action: string, send: Send): Promise<Answer> {
    const client = this.#client;
    const before = this.view;
    const { signal } = this.#session;
    if (!client || !before) throw new Error('There is no open payment.');
    Object.assign(this, { busy: true, problem: null });
    this.#host.requestUpdate();
    const name = `${before.id}:${action}`;
    let answer = await send(client, this.#keys.take(name), signal);
    if (!answer.ok && answer.problem.code === 'idempotency_conflict') {
      // The key belonged to something else that was typed, before an error or a reload: this click is a new one.
      this.#keys.forget(name);
      answer = await send(client, this.#keys.take(name), signal);
    }
    if (!answer.ok && answer.problem.code === 'network') {
      // Whether the click arrived is not known. If the payment moved since, that is the answer.
      const read = await client.read(signal);
      if (read.ok && (read.view.status !== 'open' || (read.view.version > before.version && read.view.problem))) answer = read;
    }
    if (isDefinite(answer)) this.#keys.forget(name);
    if (!signal.aborted) this.busy = false;
    this.#hear(answer, signal);
    if (!signal.aborted && !answer.ok) this.problem = answer.problem;
    return answer;
  }

  readonly #poll = async (signal: AbortSignal) => {
    if (!this.#client || !this.view) return false;
    const answer = await this.#client.follow(this.view.version, signal);
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
    clearTimeout(this.#expiry);
    this.busy = false;
  }

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

/** The click has had its effect, or is known to have none. Everything else may still be on its way. */
const isDefinite = (answer: Answer) =>
  answer.ok
    ? answer.view.status !== 'processing'
    : !['network', 'internal', 'busy', 'payment_processing'].includes(answer.problem.code);
