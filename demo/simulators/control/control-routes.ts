/** The control routes of every simulator: its ledger, a reset, its clock, and faults for coming calls. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import type { FaultPlan } from './faults.ts';
import { Fault } from './faults.ts';

export interface ControlDeps {
  /** The operations a fault can be ordered for. */
  operations: readonly [string, ...string[]];
  clock: Clock;
  faults: FaultPlan;
  /** Everything that happened, with the credentials that are accepted. */
  ledger(): object;
  /** Resets the ledger, the clock and the faults. */
  reset(): void;
}

export const controlRoutes: FastifyPluginAsyncZod<ControlDeps> = async (app, { operations, clock, faults, ledger, reset }) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // A POST may have no body, even where its headers announce JSON.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parseJson(request, String(body), done),
  );
  const parseJson = app.getDefaultJsonParser('error', 'error');
  const present = () => ({ now: new Date(clock.now()).toISOString() });
  const FaultOrder = Fault.extend({
    op: z.enum([...operations, '*']),
    nth: z.int().min(1).max(1_000_000).default(1),
    code: z.string().max(64).optional(),
  });

  app.get('/_/ledger', async () => ledger());
  app.post('/_/reset', async () => {
    reset();
    return present();
  });
  app.post('/_/clock', { schema: { body: ClockOrder } }, async ({ body }) => {
    if (body.now !== undefined) clock.set(new Date(body.now).getTime());
    if (body.advanceMs !== undefined) clock.advance(body.advanceMs);
    return present();
  });
  app.get('/_/faults', async () => ({ faults: faults.pending() }));
  app.post('/_/faults', { schema: { body: FaultOrder } }, async ({ body }) => {
    faults.add(body);
    return { faults: faults.pending() };
  });
  app.delete('/_/faults', async () => {
    faults.clear();
    return { faults: faults.pending() };
  });
};

const century = 100 * 366 * 86_400_000;
const ClockOrder = z
  .strictObject({
    /** ISO 8601 with an offset, or milliseconds since the epoch, to the end of the year 9999. */
    now: z.union([z.iso.datetime({ offset: true }), z.int().min(0).max(253_402_300_799_999)]).optional(),
    advanceMs: z.int().min(-century).max(century).optional(),
  })
  .refine(({ now, advanceMs }) => (now === undefined) !== (advanceMs === undefined), 'needs either now or advanceMs');

/** Throws in production, because simulators reveal the credentials that they accept and obey anyone. */
export function refuseInProduction(name: string): void {
  if (process.env.NODE_ENV === 'production') throw new Error(`the ${name} simulator does not start when NODE_ENV is production`);
}
