/** What the HTTP shell looks up in the merchants, who may change while the server runs. */
import type { Merchant } from '../payments/model/ports.ts';

/** The merchants of this moment. Another array means that something about them has changed. */
export type CurrentMerchants<One extends Merchant = Merchant> = () => readonly One[];

/** Derives something from the merchants, once for each version of them. */
export function ofMerchants<One extends Merchant, Derived>(
  merchants: CurrentMerchants<One>,
  derive: (merchants: readonly One[]) => Derived,
): () => Derived {
  let derivedFrom = merchants();
  let derived = derive(derivedFrom);
  return () => {
    const current = merchants();
    if (current !== derivedFrom) {
      derived = derive(current);
      derivedFrom = current;
    }
    return derived;
  };
}
