/** The routes of the merchant's back office: generate pay codes, acknowledge that they have arrived, and look a code up. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import {
  Empty,
  GeneratePayCode,
  GeneratePayCodes,
  LookUpPayCode,
  PayCodeBatch,
  PayCodeBatchState,
  PayCodeState,
  PayCodeView,
} from '#contract';
import '../../payments/http/idempotency.ts';
import { requireSecretKey } from '../../payments/http/secret-key.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import { isoTime } from '../../payments/model/time.ts';
import { acknowledgeBatch } from './code-batch.ts';
import { type GenerateCodesDeps, generateCode, generateCodes, lookUpCode } from './generate-codes.ts';

const tags = ['merchant'];
const config = { scope: 'codes' } as const;
const BatchId = z.strictObject({
  id: z
    .string()
    .regex(/^\w{1,64}$/)
    .meta({ description: 'The `batchId` of the codes, `bat_…`.', examples: ['bat_3m8c5x0v2b6n1d4f7q4k19tzga'] }),
});

export const payCodeMerchantRoutes: FastifyPluginAsyncZod<GenerateCodesDeps> = async (app, deps) => {
  const one = { summary: 'Make a pay code', tags, body: GeneratePayCode, response: { 201: PayCodeView } };
  app.post('/v1/pay-codes', { config, schema: one }, async (request, reply) => {
    reply.code(201);
    return generateCode(deps, request.merchant.id, request.body, requireSecretKey(request));
  });

  const many = { summary: 'Make many pay codes, at most 1,000', tags, body: GeneratePayCodes, response: { 201: PayCodeBatch } };
  app.post('/v1/pay-codes/batch', { config, schema: many }, async (request, reply) => {
    reply.code(201);
    return generateCodes(deps, request.merchant.id, request.body, requireSecretKey(request));
  });

  const acknowledgement = {
    summary: 'The codes have arrived: what is kept of them, for whoever asks again with the same key, is erased',
    tags,
    params: BatchId,
    body: Empty,
    response: { 200: PayCodeBatchState },
  };
  app.post('/v1/pay-codes/batches/:id/acknowledge', { config, schema: acknowledgement }, async ({ merchant, params }) => {
    const batch = await acknowledgeBatch(deps, merchant.id, params.id);
    if (!batch) throw new ProblemError('not_found');
    const { id, rule, status, count, sealed, createdAt } = batch;
    return { id, rule, status, count, kept: sealed !== null, createdAt: isoTime(createdAt) };
  });

  const lookup = { summary: 'What became of a pay code', tags, body: LookUpPayCode, response: { 200: PayCodeState } };
  app.post('/v1/pay-codes/lookup', { config, schema: lookup }, ({ merchant, body }) => lookUpCode(deps, merchant.id, body));
};
