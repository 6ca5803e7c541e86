/** What a verified link asks for, as the merchant's own server would ask. */
import * as z from 'zod';
import { type CreatePayment, minorUnitDigits, PaymentMethod, type ReturnUrls } from '#contract';
import { ProblemError } from '../payments/model/problem-error.ts';
import { returnUrl } from '../payments/return-url.ts';
import type { LinkMerchant } from './link-merchant.ts';
import type { Parameters } from './read-link.ts';

const text = (most: number) => z.string().regex(new RegExp(`^\\P{Cc}{1,${most}}$`, 'u'));

const Wanted = z.object({
  /** The merchant's id of the customer. */
  label: text(190),
  /** ISO 4217; one currency, where Paykassma takes a list. */
  currency_code: z.string().regex(/^[A-Z]{3}$/),
  /** The merchant's order id. */
  custom_transaction_id: text(190),
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

/** Of one payment, minor units: the same bound as on `POST /v1/payments`. */
const most = 1_000_000_000_000;

/** @throws ProblemError `invalid_request` naming the parameter that is missing or not as it should be. */
export function wantedPayment(merchant: LinkMerchant, parameters: Parameters): CreatePayment {
  // A template that fills in nothing writes `wallet_type=`: as good as left out.
  const given = Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
  const parsed = Wanted.safeParse(given);
  if (!parsed.success) throw refuseField(String(parsed.error.issues[0]?.path[0]));
  const { label, currency_code: currency, custom_transaction_id: orderId, fixed_amount, wallet_type } = parsed.data;
  // As in Paykassma's own window: a link for one wallet leads to that one and to nothing else, unless it asks for more.
  const { methods = wallet_type && (['wallet'] as const) } = parsed.data;
  // By text: money never meets a float here.
  const amount = Number(fixed_amount + '0'.repeat(minorUnitDigits(currency)));
  if (amount > most) throw refuseField('fixed_amount');
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

/** An inline address goes before a registered one. */
function returnUrls(merchant: LinkMerchant, given: Record<string, string>): ReturnUrls {
  const urls: ReturnUrls = {};
  for (const end of ['success', 'fail', 'pending'] as const) {
    const [inline, idName] = [`${end}_url`, `payment_url_${end}_id`];
    const id = given[idName];
    if (id !== undefined && !Object.hasOwn(merchant.returnUrls, id)) throw refuseField(idName);
    const wanted = given[inline] ?? (id === undefined ? undefined : merchant.returnUrls[id]);
    if (wanted === undefined) continue;
    const url = returnUrl(merchant, wanted);
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
