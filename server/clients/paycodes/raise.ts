/** Throws a fault of PayCodes. */
import { UpstreamError } from '../upstream-error.ts';
import type { Method } from './transport.ts';

/** @param reason a machine-made word; never anything that was sent or answered */
export function raise(fault: UpstreamError['fault'], method: Method, reason: string): never {
  throw new UpstreamError(fault, { upstream: 'paycodes', method, reason });
}
