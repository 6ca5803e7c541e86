/**
 * Judges what a request brings by the schema of its route. A value on which the judging itself breaks, as zod's limits of length do on
 * `{"length": {"toString": 1}}`, is the caller's fault and not ours: it is refused as any other misfit, though no field can be named.
 */
import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { ProblemError } from '../payments/model/problem-error.ts';

export const validator: FastifySchemaCompiler<Parameters<typeof validatorCompiler>[0]['schema']> = (route) => {
  const judge = validatorCompiler(route);
  return (given: unknown) => {
    try {
      return judge(given);
    } catch {
      return { error: new ProblemError('invalid_request', { status: 422, detail: 'a field is not as it should be' }) };
    }
  };
};
