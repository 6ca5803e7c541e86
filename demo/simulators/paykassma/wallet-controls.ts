/**
 * The control routes of this simulator alone: transfers of customers, matches by an operator, postbacks, wallets that are off.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import { hundredths } from './claims.ts';
import type { MoneyBook } from './money-book.ts';
import { PostbackSettings } from './postback-body.ts';
import type { PostbackSender } from './postback-sender.ts';
import { findAccount, identifierOf } from './wallet-account.ts';

export interface WalletControlDeps {
  clock: Clock;
  book: MoneyBook;
  off: Set<string>;
  postbacks: PostbackSender;
  settings(): PostbackSettings;
  change(settings: PostbackSettings): void;
  ending(): AbortSignal;
}

export const walletControls: FastifyPluginAsyncZod<WalletControlDeps> = async (app, deps) => {
  const { clock, book, off, postbacks, settings, change, ending } = deps;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  app.post('/_/transfers', { schema: { body: TransferOrder } }, async ({ body }, reply) => {
    const account = findAccount(body.wallet);
    if (!account) return reply.code(404).send({ message: `there is no wallet ${body.wallet}` });
    // A real app would transfer it to a stranger.
    if (identifierOf(account) !== body.identifier)
      return reply.code(404).send({ message: `${body.identifier} is no account of ours in ${account.type}` });
    if (account.currency !== body.currency) return reply.code(400).send({ message: `${account.type} takes ${account.currency}` });
    const { transaction_number } = book.transfer(account, body.amount, new Date(clock.now()).toISOString());
    return { transaction_number };
  });

  app.post('/_/transactions/match', { schema: { body: MatchOrder } }, async ({ body }, reply) => {
    const transaction = book.findTransaction(body.custom_transaction_id);
    if (!transaction) return reply.code(404).send({ message: 'there is no such transaction' });
    const number = body.transaction_number ?? transaction.key1;
    const transfer = book.findTransfer(transaction.wallet_type, number);
    if (body.transaction_number && !transfer) return reply.code(404).send({ message: 'there is no such transfer' });
    if (transaction.status === 'activated' || transfer?.custom_transaction_id)
      return reply.code(409).send({ message: 'it was credited before' });
    book.credit(transaction, body.amount ?? transfer?.amount ?? transaction.amount, transfer);
    await postbacks.send(transaction, ending());
    return { status: transaction.status };
  });

  app.get('/_/postbacks', async () => settings());
  app.post('/_/postbacks', { schema: { body: PostbackSettings.partial() } }, async ({ body }) => {
    change({ ...settings(), ...body } as PostbackSettings);
    return settings();
  });

  app.post('/_/wallets', { schema: { body: WalletOrder } }, async ({ body }, reply) => {
    const account = findAccount(body.wallet);
    if (!account) return reply.code(404).send({ message: `there is no wallet ${body.wallet}` });
    if (body.available) off.delete(account.type);
    else off.add(account.type);
    return { off: [...off] };
  });
};

/** Amounts in major units, as on the wire: 6000 or "6000.50". */
const TransferOrder = z.strictObject({ wallet: z.string(), identifier: z.string(), amount: hundredths, currency: z.string() });

/** `transaction_number`: the transfer to credit, where it is not the one that was submitted. */
const MatchOrder = z.strictObject({
  custom_transaction_id: z.string(),
  transaction_number: z.string().optional(),
  amount: hundredths.optional(),
});

const WalletOrder = z.strictObject({ wallet: z.string(), available: z.boolean() });
