/** The switches of this simulator alone: how it behaves, and the phone of a customer who pays by SMS. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { Settings } from './settings.ts';
import type { SmsBook } from './sms.ts';
import type { World } from './world.ts';

export interface PayCodesControlParts {
  phone: SmsBook;
  /** The world as it is now: all that is due has happened. */
  world(): World;
  settings(): Settings;
  change(changed: Partial<Settings>): void;
}

export const paycodesControls: FastifyPluginAsyncZod<PayCodesControlParts> = async (app, { phone, world, settings, change }) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  app.get('/_/settings', async () => settings());
  app.post('/_/settings', { schema: { body: Settings.partial() } }, async ({ body }) => {
    change(body as Partial<Settings>);
    return settings();
  });

  app.post('/_/sms', { schema: { body: SmsOrder } }, async ({ body }) => ({ mt: phone.send(body, world()) }));
};

const year = 366 * 86_400_000;
const SmsOrder = z.strictObject({
  /** The customer's phone. */
  from: z.string().regex(/^\+?\d{3,15}$/),
  /** The short number, right or wrong. */
  to: z.string().regex(/^\+?\d{1,15}$/),
  text: z.string().max(160),
  delayMs: z.int().min(0).max(year).default(0),
  duplicate: z.boolean().default(false),
});
