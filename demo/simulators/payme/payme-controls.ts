/** The control routes of this simulator alone: its settings, and an operator who moves a receipt by hand. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { Environment } from './environment.ts';
import type { MoneyLedger, Receipt } from './receipt-book.ts';
import { ReceiptState } from './receipt-book.ts';
import { Settings } from './settings.ts';

export interface PaymeControlDeps {
  money: MoneyLedger;
  /** The present environment, after everything that is due has happened. */
  environment(): Environment;
  change(changed: Partial<Settings>): void;
}

export const paymeControls: FastifyPluginAsyncZod<PaymeControlDeps> = async (app, { money, environment, change }) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  app.get('/_/settings', async () => environment().settings);
  app.post('/_/settings', { schema: { body: Settings.partial() } }, async ({ body }) => {
    change(body as Partial<Settings>);
    return environment().settings;
  });

  app.post('/_/receipts/:id/state', { schema: { params: ById, body: StateOrder } }, async ({ params, body }, reply) => {
    const { receipts, settings, now } = environment();
    const receipt = receipts.find(params.id);
    if (!receipt) return reply.code(404).send({ message: 'there is no such receipt' });
    const problem = whyNot(receipt, body.state, money);
    if (problem) return reply.code(409).send({ message: problem });
    if (body.state === 21 || body.state === 50) receipt.canceled = true;
    const isPaid = money.enter(receipt, body.state, now);
    receipts.plan(receipt, body.state === 21 ? [{ to: 50, at: now + settings.cancelMs }] : []);
    if (!isPaid) return reply.code(409).send({ message: 'there is not enough money on the card' });
    return { id: receipt.id, state: receipt.state };
  });
};

const ById = z.object({ id: z.string() });
const StateOrder = z.strictObject({ state: ReceiptState });

/** Why an operator cannot move the receipt to this state; undefined where they can. */
function whyNot(receipt: Receipt, state: ReceiptState, money: MoneyLedger): string | undefined {
  if (receipt.state === 50) return 'it is cancelled for good';
  if (!receipt.card && ![0, 20, 21, 50].includes(state)) return 'nobody has paid it by card';
  return money.debitsOf(receipt).length > 0 && [0, 1, 2, 5, 6].includes(state) ? 'the money was taken' : undefined;
}
