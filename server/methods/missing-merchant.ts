/**
 * Reports a merchant, or an account of theirs, that is missing from the merchants file although payments need it. It may be a
 * slip that the next start corrects. So nothing is decided for these payments: what is unknown stays unknown, and the operator is
 * informed, once.
 */
import { OperatorNotice } from '../payments/model/errors.ts';
import type { Telemetry } from '../payments/model/ports.ts';

/** What was reported, by the telemetry of each running server. */
const reported = new WeakMap<Telemetry, Set<string>>();

/** @param what What the merchant lacks, e.g. `the cashbox`. */
export function reportMissingOnce(observer: Telemetry, merchantId: string, what: string): void {
  reportOnce(
    observer,
    'merchants file',
    `${what} of merchant ${merchantId} is not in the merchants file, and payments wait for it`,
  );
}

/** Informs the operator of something that a process meets again and again, the first time only. */
export function reportOnce(observer: Telemetry, where: string, text: string): void {
  const texts = reported.get(observer) ?? new Set();
  reported.set(observer, texts);
  if (texts.has(text)) return;
  texts.add(text);
  observer.failure(where, new OperatorNotice(text));
}
