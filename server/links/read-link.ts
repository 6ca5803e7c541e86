/**
 * Reads the parameters of a link, and the payment that they describe. The signature covers the meaning of the parameters and not
 * their spelling, so reading is strict: no text may mean two different links to two readers.
 */
import * as z from 'zod';
import { type CreatePayment, longestMerchantId, minorUnitDigits, PaymentMethod, type ReturnUrls } from '#contract';
import { ProblemError } from '../payments/model/errors.ts';
import { returnUrl } from '../payments/return-url.ts';
import type { LinkMerchant, LinkParameters } from './signed-link.ts';

/** The names of Paykassma's plugin window, and in the last line our own. */
const names = [
  'label currency_code lang wallet_type custom_transaction_id fixed_amount',
  'payment_url_success_id payment_url_fail_id payment_url_pending_id success_url fail_url pending_url',
  'merchant methods theme exp kid signature',
].flatMap((line) => line.split(' '));
const knownNames: ReadonlySet<string> = new Set(names);

/** The names that the signature covers, with `lang`, `theme` and `signature` itself. A signer signs no other. */
export const linkParameters: readonly string[] = names;

/**
 * Reads the parameters that links have, and no others. Whatever carries a link to its customer appends names of its own, such as
 * `fbclid`, `utm_source` or `tgWebAppStartParam`, and Paykassma's frame script the bare time. Ignoring them is safe because they
 * mean nothing here: the signature covers every known name, and one that was added to a link or misspelt in it does not fit.
 * @param query without the `?`; a `+` is a space, as in forms
 * @throws {ProblemError} `invalid_request` for a known name that is repeated, or whose value is missing or cannot be decoded
 */
export function parseLinkParameters(query: string): LinkParameters {
  const found = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [first = '', ...rest] = pair.split('=');
    const name = decode(first);
    if (name === null || !knownNames.has(name)) continue;
    if (rest.length === 0) throw refuse('a parameter has no value', name);
    if (found.has(name)) throw refuse('a parameter is there twice', name);
    // An `=` that was not encoded can only be part of a value.
    const value = decode(rest.join('='));
    if (value === null) throw refuse('a parameter cannot be decoded', name);
    found.set(name, value);
  }
  return found;
}

/** @returns null for text that is no percent-encoded UTF-8 */
function decode(text: string): string | null {
  try {
    if (/^[\x21-\x7e]*$/.test(text)) return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // As below.
  }
  return null;
}

const refuse = (detail: string, field?: string): ProblemError =>
  new ProblemError('invalid_request', { status: 422, detail, ...(field && { field }) });

/** As long as on `POST /v1/payments`, so that whatever a link can name can be found and removed there. */
const merchantId = z
  .string()
  .max(longestMerchantId)
  .regex(/^\P{Cc}+$/u);

const LinkPayment = z.object({
  /** The merchant's id of the customer. */
  label: merchantId,
  /** ISO 4217. One currency only, although Paykassma accepts a list. */
  currency_code: z.string().regex(/^[A-Z]{3}$/),
  /** The merchant's order id. */
  custom_transaction_id: merchantId,
  /** Whole major units. */
  fixed_amount: z.string().regex(/^[1-9]\d{0,11}$/),
  /** Separated by commas or spaces. */
  methods: z
    .string()
    .transform((list) => list.split(/[ ,]/))
    .pipe(z.array(PaymentMethod).max(3))
    .optional(),
  wallet_type: z
    .string()
    .regex(/^\w{1,40}$/)
    .optional(),
});

/** The largest amount of one payment in minor units, the same as on `POST /v1/payments`. */
const largestAmount = 1_000_000_000_000;

/**
 * The payment that a verified link describes, in the form in which the merchant's own server would request it.
 * @throws {ProblemError} `invalid_request` naming the parameter that is missing or wrong
 */
export function parseLinkPayment(merchant: LinkMerchant, parameters: LinkParameters): CreatePayment {
  // A template without a value writes `wallet_type=`, so an empty parameter counts as absent.
  const given = Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
  const parsed = LinkPayment.safeParse(given);
  if (!parsed.success) throw refuseField(String(parsed.error.issues[0]?.path[0]));
  const { label, currency_code: currency, custom_transaction_id: orderId, fixed_amount, wallet_type } = parsed.data;
  // As in Paykassma's own window, a link for one wallet offers only that wallet, unless it lists methods.
  const { methods = wallet_type && (['wallet'] as const) } = parsed.data;
  // Converted as text, so that money is never a float.
  const amount = Number(fixed_amount + '0'.repeat(minorUnitDigits(currency)));
  if (amount > largestAmount) throw refuseField('fixed_amount');
  return {
    amount,
    currency,
    orderId,
    label,
    returnUrls: returnUrls(merchant, given),
    ...(methods && { methods: [...new Set(methods)] }),
    ...(wallet_type && { walletType: wallet_type }),
  };
}

/** An address in the link counts more than a registered one. */
function returnUrls(merchant: LinkMerchant, given: Record<string, string>): ReturnUrls {
  const urls: ReturnUrls = {};
  for (const end of ['success', 'fail', 'pending'] as const) {
    const [inline, idName] = [`${end}_url`, `payment_url_${end}_id`];
    const id = given[idName];
    if (id !== undefined && !Object.hasOwn(merchant.returnUrls, id)) throw refuseField(idName);
    const requested = given[inline] ?? (id === undefined ? undefined : merchant.returnUrls[id]);
    if (requested === undefined) continue;
    const url = returnUrl(merchant, requested);
    if (url === null) throw refuseField(inline);
    urls[end] = url;
  }
  return urls;
}

const refuseField = (field: string): ProblemError =>
  new ProblemError('invalid_request', {
    status: 422,
    field,
    detail: 'this parameter of the link is missing or not as it should be',
  });
