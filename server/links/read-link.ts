/**
 * The parameters of a link as its address spells them, each once. What is signed is their meaning and not their spelling, so
 * this reads strictly: two readers must never see two different links in one text.
 */
import { ProblemError } from '../payments/model/problem-error.ts';

/** Paykassma's names, and ours in the second line. */
const names = [
  'label currency_code lang wallet_type custom_transaction_id fixed_amount',
  'payment_url_success_id payment_url_fail_id payment_url_pending_id success_url fail_url pending_url',
  'merchant methods theme exp kid signature',
].flatMap((line) => line.split(' '));
const known: ReadonlySet<string> = new Set(names);

export type Parameters = ReadonlyMap<string, string>;

/**
 * @param query Without the `?`. A `+` is a space, as forms write it.
 * @throws ProblemError `invalid_request` for what cannot be decoded, an unknown name or a repeated one.
 */
export function readLink(query: string): Parameters {
  const found = new Map<string, string>();
  for (const pair of withoutCacheBuster(query).split('&')) {
    const [name = '', ...rest] = pair.split('=').map(decode);
    if (!known.has(name) || rest.length === 0) throw refuse('there is a parameter that links do not have');
    if (found.has(name)) throw refuse('a parameter is there twice', name);
    // An `=` that was not encoded can only be part of a value.
    found.set(name, rest.join('='));
  }
  return found;
}

/** Pages following Paykassma's documentation append `&` and the time to the address of the frame. */
const withoutCacheBuster = (query: string): string => query.replace(/&\d+$/, '');

function decode(text: string): string {
  try {
    if (/^[\x21-\x7e]*$/.test(text)) return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // said below
  }
  throw refuse('the address cannot be decoded');
}

const refuse = (detail: string, field?: string): ProblemError =>
  new ProblemError('invalid_request', { status: 422, detail, ...(field && { field }) });
