/**
 * One click, from its first request to an answer that can be told. The same Idempotency-Key goes out until its outcome is definite: the
 * BFF gives one effect for one key, so a click whose answer was lost may be sent again, and must not be taken for another.
 */
import type { PaymentView } from '#contract';
import type { Answer, BffClient } from './bff-client.ts';

/** What is sent by one click. */
export type SubmitRequest = (client: BffClient, idempotencyKey: string, signal: AbortSignal) => Promise<Answer>;

export interface SubmitAction {
  /** Names the click among those of all payments: its key is kept under it. */
  name: string;
  keys: IdempotencyKeys;
  /** The payment as the customer saw it. */
  before: PaymentView;
  send: SubmitRequest;
  signal: AbortSignal;
  ask(call: (client: BffClient) => Promise<Answer>): Promise<Answer>;
}

export async function submitAction({ name, keys, before, send, signal, ask }: SubmitAction): Promise<Answer> {
  const attempt = () => ask((client) => send(client, keys.take(name), signal));
  let answer = await attempt();
  if (!answer.ok && answer.problem.code === 'idempotency_conflict' && !answer.problem.retryAt) {
    // The key belonged to something else that was typed, before an error or a reload: this click is a new one.
    keys.forget(name);
    answer = await attempt();
  }
  for (let again = true; !isDefinite(answer) && !answer.view && !signal.aborted; again = false) {
    // Whether the click arrived is not known. If the payment moved since, that is the answer.
    const read = await ask((client) => client.read(signal));
    if (!read.ok) break;
    if (hasMoved(before, read.view)) answer = read;
    // The BFF is there, knows nothing of it, and the payment is as the customer saw it: it is sent once more, before they need to.
    else if (again && !answer.ok && answer.problem.code === 'network' && read.view.version === before.version)
      answer = await attempt();
    else break;
  }
  if (isDefinite(answer)) keys.forget(name);
  return answer;
}

const hasMoved = (before: PaymentView, { status, version, problem }: PaymentView) =>
  status !== before.status || (version > before.version && problem !== null);

/** The click has had its effect, or is known to have none. Everything else, and what we do not know, may still be on its way. */
export const isDefinite = (answer: Answer): boolean =>
  answer.ok ? answer.view.status !== 'processing' : !uncertain.test(answer.problem.code) && !isRunning(answer.problem);

/** The same key is at work over there. */
const isRunning = ({ code, retryAt }: { code: string; retryAt?: string | undefined }) =>
  code === 'idempotency_conflict' && !!retryAt;

const uncertain = /^(payment_processing|unauthorized|not_found|busy|internal|network)$/;

/**
 * One Idempotency-Key per click, kept until its outcome is definite: across errors, and across a reload where the browser allows it.
 * Only the key is stored, never what was typed.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, string>();

  /** The key of the unfinished click on `name`, or a new one. */
  take(name: string): string {
    const key = this.#kept.get(name) ?? read(name) ?? mint();
    this.#kept.set(name, key);
    guarded((storage) => storage.setItem(slot(name), key));
    return key;
  }

  /** The outcome is known: the next click is another one. */
  forget(name: string): void {
    this.#kept.delete(name);
    guarded((storage) => storage.removeItem(slot(name)));
  }
}

const slot = (name: string) => `pay-desk:click:${name}`;
const read = (name: string) => guarded((storage) => storage.getItem(slot(name))) ?? undefined;

/** Storage may be switched off, full or forbidden in a frame; paying works without it. */
function guarded<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

/** 128 random bits. Not `randomUUID`: shops without TLS, as in development, do not have it. */
const mint = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
