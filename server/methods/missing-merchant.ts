/**
 * A merchant, or what a payment of theirs needs, is missing from the merchants file. It may be a slip that is mended with the next start, so nothing
 * is decided for it: what is unknown stays so as long as upstreams are asked at all, and the operator is told, once.
 */
import type { Telemetry } from '../payments/model/ports.ts';

const told = new WeakMap<Telemetry, Set<string>>();

/** @param what Of them is missing, e.g. `its cashbox`. */
export function reportMissingOnce(observer: Telemetry, merchantId: string, what: string): void {
  const known = told.get(observer) ?? new Set();
  told.set(observer, known);
  const text = `${what} of merchant ${merchantId} is not in the merchants file, and payments wait for it`;
  if (known.has(text)) return;
  known.add(text);
  observer.failure('merchants file', new Error(text));
}
