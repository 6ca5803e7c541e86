/** What a merchant's server may do with cards and receipts: saved cards of a customer, the SMS with a receipt, the list of receipts. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { atMost, CreatePayment, Payment, ReceiptList, SavedCard } from '#contract';
import '../../payments/http/request-context.ts';
import { keyed } from '../../payments/http/idempotency.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import { withinAnswer } from '../within-answer.ts';
import { askPayme } from './call-payme.ts';
import type { CardAccount, PayingParts } from './card-parts.ts';
import { isOfAnotherMerchant } from './is-of-another-merchant.ts';
import { receiptView } from './receipt-view.ts';
import { removeCard } from './remove-card.ts';
import { savedCard, savedCards, savedCardView } from './saved-cards.ts';
import { sendReceipt } from './send-receipt.ts';

const Id = z.string().regex(/^\w{1,64}$/);
const Label = CreatePayment.shape.label;
const time = z.coerce.number().int().min(0).max(253_402_300_799_999);
const Range = z.strictObject({
  /** Milliseconds since 1970, both ends included. */
  from: time,
  to: time,
  /** How many to leave out, from the newest. */
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  count: z.coerce.number().int().min(1).max(50).default(50),
});
const SendReceipt = z.nullish(z.strictObject({ phone: z.string().check(atMost(40)).optional() }));
const Cards = z.object({ cards: z.array(SavedCard) });
const tags = ['merchant'];

export const cardMerchantRoutes: FastifyPluginAsyncZod<PayingParts> = async (app, parts) => {
  const { store, observer, payments } = parts;
  const accountOf = (merchantId: string): CardAccount => {
    const account = parts.account(merchantId);
    if (!account) throw new ProblemError('method_unavailable', { detail: 'this merchant sells nothing by card' });
    return account;
  };

  const list = {
    summary: 'The cards that a customer saved, masked',
    tags,
    params: z.strictObject({ label: Label }),
    response: { 200: Cards },
  };
  app.get('/v1/customers/:label/cards', { schema: list }, async ({ merchant, params }) => ({
    cards: (await savedCards(parts, accountOf(merchant.id), merchant.id, params.label)).map(savedCardView),
  }));

  const remove = {
    summary: 'Remove a saved card, here and at Payme',
    tags,
    params: z.strictObject({ label: Label, id: Id }),
    response: { 200: Cards },
  };
  app.delete('/v1/customers/:label/cards/:id', { schema: remove }, async ({ merchant, params }) => {
    const account = accountOf(merchant.id);
    const card = await savedCard(parts, account, merchant.id, params.label, params.id);
    if (!card) throw new ProblemError('not_found');
    await removeCard(parts, card);
    return { cards: (await savedCards(parts, account, merchant.id, params.label)).map(savedCardView) };
  });

  const send = {
    summary: 'Send the receipt of a payment by card to a phone, once',
    tags,
    params: z.strictObject({ id: Id }),
    body: SendReceipt,
    response: { 200: Payment },
  };
  app.post('/v1/payments/:id/send-receipt', { schema: send }, async (request) => {
    const { merchant, params, body } = request;
    const payment = await store.paymentOfMerchant(merchant.id, params.id);
    if (!payment) throw new ProblemError('not_found');
    await keyed(parts, request, `${payment.id}:send-receipt`, payment.id, () => sendReceipt(parts, payment, body?.phone));
    const sent = await payments.read(merchant.id, params.id);
    if (!sent) throw new ProblemError('not_found');
    return sent;
  });

  const receipts = {
    summary: "The cashbox's receipts, newest first, card numbers masked; of payments here, only this merchant's",
    tags,
    querystring: Range,
    response: { 200: ReceiptList },
  };
  app.get('/v1/receipts', { schema: receipts }, async ({ merchant, query }) => {
    const { client } = accountOf(merchant.id);
    const answer = await askPayme(observer, 'receipts.get_all', () => client.receiptsGetAll(query, withinAnswer()));
    if (answer.kind !== 'ok') throw new ProblemError('provider_unavailable');
    // How Payme reads the ends of a range is not established, so they are held to here.
    const within = answer.result.receipts.filter(({ createTime }) => createTime >= query.from && createTime <= query.to);
    const foreign = await Promise.all(within.map((receipt) => isOfAnotherMerchant(parts, receipt, merchant.id)));
    const own = within.filter((_, index) => !foreign[index]);
    return { receipts: own.map(receiptView), unreadable: answer.result.unreadable };
  });
};
