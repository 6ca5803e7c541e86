/** `/v1/pay-codes…`, for the merchant's back office. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { GeneratePayCode, GeneratePayCodes, LookUpPayCode, PayCodeBatch, PayCodeState, PayCodeView } from '#contract';
import '../../payments/fastify-request.ts';
import { type BackOfficeParts, generateCode, generateCodes, lookUpCode } from './back-office.ts';

const tags = ['merchant'];

export const payCodeMerchantRoutes: FastifyPluginAsyncZod<BackOfficeParts> = async (app, parts) => {
  const one = { summary: 'Make a pay code', tags, body: GeneratePayCode, response: { 201: PayCodeView } };
  app.post('/v1/pay-codes', { schema: one }, async ({ merchant, body }, reply) => {
    reply.code(201);
    return generateCode(parts, merchant.id, body);
  });

  const many = { summary: 'Make many pay codes, at most 1,000', tags, body: GeneratePayCodes, response: { 201: PayCodeBatch } };
  app.post('/v1/pay-codes/batch', { schema: many }, async ({ merchant, body }, reply) => {
    reply.code(201);
    return generateCodes(parts, merchant.id, body);
  });

  const look = { summary: 'What became of a pay code', tags, body: LookUpPayCode, response: { 200: PayCodeState } };
  app.post('/v1/pay-codes/lookup', { schema: look }, ({ merchant, body }) => lookUpCode(parts, merchant.id, body));
};
