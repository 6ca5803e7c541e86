/**
 * Sends one click of the customer until there is an answer to show. The same Idempotency-Key is sent until the outcome is
 * definite: the BFF gives one key one effect, so a click whose answer was lost may be sent again without being taken for another
 * one.
 */
import type { DeskProblem, PaymentView } from '#contract';
import { withStorage } from '../browser.ts';
import { type Answer, type BffClient, lost } from './bff-client.ts';

/** The request that one click sends. */
export type SubmitRequest = (client: BffClient, idempotencyKey: string, signal: AbortSignal) => Promise<Answer>;

/** Resolves with why nothing may be sent; null where it may. Never rejects. */
export type SubmitPermission = () => Promise<DeskProblem | null>;

export interface SubmitAction {
  /** Names the click among those of all payments; its key is stored under this name. */
  name: string;
  keys: IdempotencyKeys;
  /** The payment as the customer saw it. */
  before: PaymentView;
  /** Waited for before anything is sent. */
  permission?: SubmitPermission | undefined;
  /** The payment as it is now. */
  current(): PaymentView | null;
  send: SubmitRequest;
  signal: AbortSignal;
  ask(call: (client: BffClient) => Promise<Answer>): Promise<Answer>;
}

export async function submitAction(action: SubmitAction): Promise<Answer> {
  const { name, keys, before, permission, current, send, signal, ask } = action;
  let refused = (await permission?.()) ?? null;
  if (signal.aborted) return lost;
  // What the customer confirmed was another amount. What they typed for it must not be sent as if they had seen this one.
  if (current()?.due !== before.due) refused ??= { code: 'payment_changed', recoverable: true, reference: '' };
  if (refused) return { ok: false, problem: refused, view: null, unsent: true };
  const attempt = () => ask((client) => send(client, keys.take(name), signal));
  let answer = await attempt();
  if (!answer.ok && answer.problem.code === 'idempotency_conflict' && !answer.problem.retryAt) {
    // The key belongs to other input, from before an error or a reload. This click is a new one.
    keys.forget(name);
    answer = await attempt();
  }
  for (let again = true; !isDefinite(answer) && !answer.view && !signal.aborted; again = false) {
    // It is not known whether the click arrived. If the payment has moved since, that is the answer.
    const read = await ask((client) => client.read(signal));
    if (!read.ok) break;
    if (hasMoved(before, read.view)) answer = read;
    // The BFF can be reached, and the payment is as the customer saw it: the click is sent once more without bothering the
    // customer.
    else if (again && !answer.ok && answer.problem.code === 'network' && read.view.version === before.version)
      answer = await attempt();
    else break;
  }
  if (isDefinite(answer)) keys.forget(name);
  return answer;
}

const hasMoved = (before: PaymentView, { status, version, problem }: PaymentView) =>
  status !== before.status || (version > before.version && problem !== null);

/** The click has had its effect, or is known to have none. Anything else may still take effect. */
export const isDefinite = (answer: Answer): boolean =>
  answer.ok ? answer.view.status !== 'processing' : !indefinite.test(answer.problem.code) && !isRunning(answer.problem);

/** A request with the same key is still running at the BFF. */
const isRunning = ({ code, retryAt }: { code: string; retryAt?: string | undefined }) =>
  code === 'idempotency_conflict' && !!retryAt;

const indefinite = /^(payment_processing|unauthorized|not_found|busy|internal|network)$/;

/**
 * Keeps one Idempotency-Key per click until its outcome is definite: across errors, and across a reload where the browser allows
 * it. Only the key is stored, never what was typed.
 */
export class IdempotencyKeys {
  readonly #keys = new Map<string, string>();

  /** The key of the unfinished click of this name, or a new one. */
  take(name: string): string {
    const key = this.#keys.get(name) ?? read(name) ?? newKey();
    this.#keys.set(name, key);
    withStorage((storage) => storage.setItem(storageKey(name), key));
    return key;
  }

  /** The outcome is known, so the next click needs a new key. */
  forget(name: string): void {
    this.#keys.delete(name);
    withStorage((storage) => storage.removeItem(storageKey(name)));
  }
}

const storageKey = (name: string) => `pay-desk:click:${name}`;
const read = (name: string) => withStorage((storage) => storage.getItem(storageKey(name))) ?? undefined;

/** 128 random bits. `randomUUID` is missing on pages without TLS, as in development. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
