/**
 * One call of Payme's Subscribe API from the browser, as the cashbox and without its key. Source: `cards.create`, `cards.get_verify_code`,
 * `cards.verify`. Nothing of it is logged or stored, and no text of Payme is read: an answer is a result, or a code.
 */
import { fieldAt } from './field-at.ts';

/** `code` null: no answer that could be understood. */
export type PaymeAnswer = { ok: true; result: object } | { ok: false; code: number | null };

export interface Cashbox {
  url: string;
  cashboxId: string;
}

/** At the longest; Payme answers within a few seconds. */
const patienceMs = 20_000;

export async function callPayme(
  { url, cashboxId }: Cashbox,
  method: string,
  params: object,
  signal: AbortSignal,
): Promise<PaymeAnswer> {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, patienceMs);
  signal.addEventListener('abort', stop);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'X-Auth': cashboxId },
      body: JSON.stringify({ id: 1, method, params }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: end.signal,
    });
    return understand(await response.json());
  } catch {
    return { ok: false, code: null };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function understand(body: unknown): PaymeAnswer {
  const result = fieldAt(body, 'result');
  if (typeof result === 'object' && result !== null) return { ok: true, result };
  const code = fieldAt(body, 'error', 'code');
  return { ok: false, code: typeof code === 'number' ? code : null };
}
