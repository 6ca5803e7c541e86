/** Any error as a problem: the one place that decides what a caller is told. Texts of errors are never told; they may quote input. */
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { UpstreamError, type UpstreamFault } from '../clients/upstream-error.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';

export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  // Locked, full, out of reach or shutting down: it passes.
  if (error instanceof StoreUnavailable) return new ProblemError('busy');
  if (error instanceof UpstreamError) return new ProblemError('provider_unavailable', { status: upstreamStatus[error.fault] });
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  const { code, statusCode: status } = facts(error);
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return new ProblemError('busy');
  if (status === 404) return new ProblemError('not_found');
  if (status === 413 || status === 431) return new ProblemError('too_large', { status });
  if (status >= 400 && status < 500)
    return new ProblemError('invalid_request', { status, detail: details[code] ?? 'bad request' });
  return new ProblemError('internal');
}

/** `not_sent` is proof that nothing happened, so the caller may come again at once; `lost` ran into a deadline. */
const upstreamStatus: Record<UpstreamFault, number> = { not_sent: 503, lost: 504, http: 502, bad_shape: 502 };

const details: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON, or holds a key that is not allowed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'the content type has to be application/json',
};

/** The first field at fault, as a dotted path: `items.0.price`. A path is cut short: its last steps may be the caller's own keys. */
function invalid({ validation }: { validation: { instancePath: string; keyword: string }[] }): ProblemError {
  const field = validation[0]?.instancePath.slice(1, 101).replaceAll('/', '.');
  const unknownKey = validation[0]?.keyword === 'unrecognized_keys';
  return new ProblemError('invalid_request', {
    status: 422,
    ...(field ? { field } : {}),
    detail: unknownKey ? 'there is a field that this route does not know' : 'a field is missing or not as it should be',
  });
}

function facts(error: unknown): { code: string; statusCode: number } {
  const { code, statusCode } = Object(error) as { code?: unknown; statusCode?: unknown };
  return { code: typeof code === 'string' ? code : '', statusCode: typeof statusCode === 'number' ? statusCode : 500 };
}
