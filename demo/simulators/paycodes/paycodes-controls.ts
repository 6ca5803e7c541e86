/** The control routes of this simulator alone: its settings, and the phone of a customer who pays by SMS. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { Environment } from './environment.ts';
import { Settings } from './settings.ts';
import type { SmsBook } from './sms.ts';

export interface PayCodesControlDeps {
  phone: SmsBook;
  /** The present environment, after everything that is due has happened. */
  environment(): Environment;
  settings(): Settings;
  change(changed: Partial<Settings>): void;
}

export const paycodesControls: FastifyPluginAsyncZod<PayCodesControlDeps> = async (
  app,
  { phone, environment, settings, change },
) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  app.get('/_/settings', async () => settings());
  app.post('/_/settings', { schema: { body: Settings.partial() } }, async ({ body }) => {
    change(body as Partial<Settings>);
    return settings();
  });

  app.post('/_/sms', { schema: { body: SmsOrder } }, async ({ body }) => ({ mt: phone.send(body, environment()) }));
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
