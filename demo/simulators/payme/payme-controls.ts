/** The switches of this simulator alone: how it behaves, and an operator at Payme who moves a receipt by hand. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { Receipt, Till } from './receipt-book.ts';
import { ReceiptState } from './receipt-book.ts';
import { Settings } from './settings.ts';
import type { World } from './world.ts';

export interface PaymeControlParts {
  till: Till;
  /** The world as it is now: all that is due has happened. */
  world(): World;
  change(changed: Partial<Settings>): void;
}

export const paymeControls: FastifyPluginAsyncZod<PaymeControlParts> = async (app, { till, world, change }) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  app.get('/_/settings', async () => world().settings);
  app.post('/_/settings', { schema: { body: Settings.partial() } }, async ({ body }) => {
    change(body as Partial<Settings>);
    return world().settings;
  });

  app.post('/_/receipts/:id/state', { schema: { params: ById, body: StateOrder } }, async ({ params, body }, reply) => {
    const { receipts, settings, now } = world();
    const receipt = receipts.find(params.id);
    if (!receipt) return reply.code(404).send({ message: 'there is no such receipt' });
    const problem = problemOf(receipt, body.state, till);
    if (problem) return reply.code(409).send({ message: problem });
    if (body.state === 21 || body.state === 50) receipt.canceled = true;
    const able = till.enter(receipt, body.state, now);
    receipts.plan(receipt, body.state === 21 ? [{ to: 50, at: now + settings.cancelMs }] : []);
    if (!able) return reply.code(409).send({ message: 'there is not enough money on the card' });
    return { id: receipt.id, state: receipt.state };
  });
};

const ById = z.object({ id: z.string() });
const StateOrder = z.strictObject({ state: ReceiptState });

/** An operator moves what is going on; what has not begun or is over is nobody's to move. */
function problemOf(receipt: Receipt, state: ReceiptState, till: Till): string | undefined {
  if (receipt.state === 50) return 'it is cancelled for good';
  if (!receipt.card && ![0, 20, 21, 50].includes(state)) return 'nobody has paid it by card';
  return till.debitsOf(receipt).length > 0 && [0, 1, 2, 5, 6].includes(state) ? 'the money was taken' : undefined;
}
