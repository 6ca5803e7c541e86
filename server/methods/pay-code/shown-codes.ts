/**
 * The codes that were shown to customers to be sent by SMS, as keyed hashes. One that is typed instead is refused, whatever payment it was made for:
 * whoever types it has paid nothing.
 */
import { normalisePayCode } from '#contract';
import type { Sealer, Store } from '../../payments/model/ports.ts';

interface Parts {
  store: Pick<Store, 'claim' | 'claimOf'>;
  sealer: Sealer;
}

const account = 'paycodes:shown';

/** Before it is shown to anybody. */
export async function rememberShown(
  { store, sealer }: Parts,
  code: string,
  of: { paymentId: string; attemptId: string },
  now: number,
): Promise<void> {
  // As whoever types it would be understood.
  const thing = sealer.fingerprint(normalisePayCode(code));
  await store.claim({ ...of, account, thing, status: 'held', contested: false, claimedAt: now });
}

export const wasShown = async ({ store, sealer }: Parts, codes: readonly string[]): Promise<boolean> =>
  (await Promise.all(codes.map((code) => store.claimOf(account, sealer.fingerprint(code))))).some((claim) => claim !== null);
