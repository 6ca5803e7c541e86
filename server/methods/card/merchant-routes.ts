/**
 * What a merchant's server can do with cards: list and remove a customer's saved cards, send a receipt by SMS, list the cashbox's
 * receipts.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { atMost, CreatePayment, Payment, ReceiptList, type ReceiptView, readPayerPhone, SavedCard } from '#contract';
import '../../payments/http/idempotency.ts';
import type { Receipt } from '../../clients/payme/types.ts';
import { noEffect } from '../../payments/attempts/record-intent.ts';
import { runIdempotentRequest } from '../../payments/http/idempotency.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { isoTime, merchantCallDeadline } from '../../payments/model/time.ts';
import { type CardAccount, type CardPaymentDeps, cardCurrency } from './account.ts';
import { callPayme } from './call-payme.ts';
import { paymeIntent } from './card-session.ts';
import { removeCard, savedCard, savedCards, savedCardView } from './saved-cards.ts';
import { knownPhone } from './start-card.ts';

const about = (description: string, example: unknown) => ({ description, examples: [example] });
const anId = z.string().regex(/^\w{1,64}$/);
const Id = anId.meta(about('The id of the payment, `pay_…`.', 'pay_7q4k19tz3m8c5x0v2b6n1d4fga'));
const CardId = anId.meta(about('The id of a saved card, `card_…`.', 'card_1d4f7q4k19tz3m8c5x0v2b6nga'));
/** The contract's own schema takes no description. */
const Label = z
  .pipe(CreatePayment.shape.label, z.string())
  .meta(about('Your id of the customer, as payments were created with it.', 'customer-7'));
/** ISO 8601, as everywhere; milliseconds since 1970, as these routes took before, are still read. */
const time = () =>
  z.union([
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    z.coerce.number().int().min(0).max(253_402_300_799_999),
  ]);
const Range = z.strictObject({
  from: time().meta(about('Only receipts of this moment or later, ISO 8601.', '2026-11-28T00:00:00Z')),
  to: time().meta(about('Only receipts of this moment or earlier, ISO 8601.', '2026-11-29T00:00:00Z')),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).meta(about('How many to skip, counted from the newest.', 0)),
  count: z.coerce.number().int().min(1).max(50).default(50).meta(about('How many at most, 1 to 50; 50 by default.', 50)),
});
const Phone = z.string().check(atMost(40)).optional();
const SendReceipt = z.nullish(
  z.strictObject({
    phone: Phone.meta(
      about('A phone of Uzbekistan, in any spelling. Absent: the phone that the payment was created with.', '+998 90 123-45-67'),
    ),
  }),
);
const Cards = z.object({ cards: z.array(SavedCard).meta({ description: 'The saved cards, masked; empty without any.' }) });
const tags = ['merchant'];
const config = { scope: 'payments' } as const;

interface MerchantRoutesDeps extends CardPaymentDeps {
  /** All merchants of the moment: some of them may share a cashbox. */
  merchantIds(): readonly string[];
}

export const cardMerchantRoutes: FastifyPluginAsyncZod<MerchantRoutesDeps> = async (app, deps) => {
  const { store, observer, payments } = deps;
  const accountOf = (merchantId: string): CardAccount => {
    const account = deps.account(merchantId);
    if (!account) throw new ProblemError('method_unavailable', { detail: 'this merchant sells nothing by card' });
    return account;
  };

  const list = {
    summary: 'The cards that a customer saved, masked',
    tags,
    params: z.strictObject({ label: Label }),
    response: { 200: Cards },
  };
  app.get('/v1/customers/:label/cards', { config, schema: list }, async ({ merchant, params }) => ({
    cards: (await savedCards(deps, accountOf(merchant.id), merchant.id, params.label)).map(savedCardView),
  }));

  const remove = {
    summary: 'Remove a saved card, here and at Payme',
    tags,
    params: z.strictObject({ label: Label, id: CardId }),
    response: { 200: Cards },
  };
  app.delete('/v1/customers/:label/cards/:id', { config, schema: remove }, async ({ merchant, params }) => {
    const account = accountOf(merchant.id);
    const card = await savedCard(deps, account, merchant.id, params.label, params.id);
    if (!card) throw new ProblemError('not_found');
    await removeCard(deps, card);
    return { cards: (await savedCards(deps, account, merchant.id, params.label)).map(savedCardView) };
  });

  const send = {
    summary: 'Send the receipt of a payment by card to a phone, once',
    tags,
    params: z.strictObject({ id: Id }),
    body: SendReceipt,
    response: { 200: Payment },
  };
  app.post('/v1/payments/:id/send-receipt', { config, schema: send }, async (request) => {
    const { merchant, params, body } = request;
    const payment = await store.paymentOfMerchant(merchant.id, params.id);
    if (!payment) throw new ProblemError('not_found');
    await runIdempotentRequest(deps, request, `${payment.id}:send-receipt`, payment.id, () =>
      sendReceipt(deps, payment, body?.phone),
    );
    const sent = await payments.read(merchant.id, params.id);
    if (!sent) throw new ProblemError('not_found');
    return sent;
  });

  const receipts = {
    summary:
      "The cashbox's receipts, newest first, card numbers masked; of a cashbox that merchants share, only those of this merchant's payments",
    tags,
    querystring: Range,
    response: { 200: ReceiptList },
  };
  app.get('/v1/receipts', { config, schema: receipts }, async ({ merchant, query }) => {
    const account = accountOf(merchant.id);
    const { client } = account;
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll(query, merchantCallDeadline()));
    if (answer.kind !== 'ok') throw new ProblemError('provider_unavailable');
    // We do not know whether Payme includes the ends of a range, so they are checked here.
    const within = answer.result.receipts.filter(({ createTime }) => createTime >= query.from && createTime <= query.to);
    const isOwn = await Promise.all(within.map((receipt) => isOwnReceipt(deps, receipt, merchant.id, account)));
    const own = within.filter((_, index) => isOwn[index]);
    return { receipts: own.map(receiptView), unreadable: answer.result.unreadable };
  });
};

/**
 * Whether a merchant may read a receipt. Merchants may share one cashbox, and none of them may read the others' orders, so there
 * only a receipt is shown that names an attempt of this merchant, with nothing in it that is of another payment. Receipts that were
 * made outside Pay Desk are shown to the only merchant of a cashbox: on a shared one nobody knows whose they are.
 */
async function isOwnReceipt(
  deps: Pick<MerchantRoutesDeps, 'store' | 'account' | 'merchantIds'>,
  { description, account: rows }: Pick<Receipt, 'description' | 'account'>,
  merchantId: string,
  account: CardAccount,
): Promise<boolean> {
  const [attemptId] = /^att_\w+/.exec(description) ?? [];
  const attempt = attemptId ? await deps.store.attempt(attemptId) : null;
  const payment = attempt && (await deps.store.payment(attempt.paymentId));
  if (payment && payment.merchantId !== merchantId) return false;
  const isShared = deps.merchantIds().some((id) => id !== merchantId && deps.account(id)?.id === account.id);
  if (!isShared) return true;
  // Payme lists the account that the receipt was made for, or leaves it out.
  const named = rows.find(({ name }) => name === account.settings.account.field)?.value;
  return payment !== null && (named === undefined || [payment.orderId, payment.label, payment.id].includes(named));
}

const receiptView = (receipt: Receipt): ReceiptView => ({
  id: receipt.id,
  state: receipt.state,
  amount: receipt.amount,
  currency: receipt.currency === cardCurrency.number ? cardCurrency.code : null,
  description: receipt.description,
  account: [...receipt.account],
  card: receipt.card && { number: receipt.card.number },
  createdAt: timeOrNull(receipt.createTime),
  paidAt: timeOrNull(receipt.payTime),
  canceledAt: timeOrNull(receipt.cancelTime),
});

/** Payme writes 0 for what has not happened. */
const timeOrNull = (time: number): string | null => (time === 0 ? null : isoTime(time));

/**
 * Has Payme send the receipt of a payment by SMS, once.
 * @param typed The phone to send it to; undefined for the phone that the payment was created with.
 * @throws {ProblemError} `receipt_sent` the second time, and also if we do not know whether the first SMS was sent;
 * `phone_format`; `provider_unavailable`; `invalid_request` (409) if the payment was not paid by card
 */
async function sendReceipt(deps: CardPaymentDeps, payment: PaymentRecord, typed: string | undefined): Promise<void> {
  const { store, observer, payments, clock } = deps;
  const account = deps.account(payment.merchantId);
  const paid =
    payment.status === 'succeeded' &&
    (await store.evidence(payment.id)).filter(({ method, counted }) => method === 'card' && counted).at(-1);
  if (!account || !paid || paid.attemptId === null)
    throw new ProblemError('invalid_request', { status: 409, detail: 'only a payment that was paid by card has a receipt' });
  const phone = typed === undefined ? knownPhone(payment) : readPayerPhone(typed);
  if (!phone) throw new ProblemError('phone_format', { field: 'phone', detail: 'expected a phone of Uzbekistan' });
  const call = paymeIntent(paid.attemptId, { operation: 'receipts.send', notes: { receipt: paid.upstreamId } });
  const intent = await payments.recordSideEffectOnce(payment.id, paid.attemptId, call);
  if (!intent) throw new ProblemError('receipt_sent');
  const sent = await callPayme(observer, 'receipts.send', () =>
    account.client.receiptsSend({ id: paid.upstreamId, phone }, merchantCallDeadline()),
  );
  const notMade =
    sent.kind === 'refused' ||
    (sent.kind === 'ok' && !sent.result.success) ||
    (sent.kind === 'fault' && sent.fault === 'not_sent');
  await store.updateIntent({
    ...intent,
    notes: { ...intent.notes, ...(notMade && noEffect) },
    status: sent.kind === 'fault' && !notMade ? 'unknown' : 'closed',
    endedAt: clock.now(),
  });
  if (sent.kind !== 'ok' || notMade) throw new ProblemError('provider_unavailable');
}
