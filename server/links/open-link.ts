/** Opens a signed link: the payment of its order, made or found, and one more client secret for it. */

import type { Clock } from '../payments/model/ports.ts';
import type { Payments } from '../payments/payments.ts';
import type { LinkMerchant } from './link-merchant.ts';
import { readLink } from './read-link.ts';
import { verifyLink } from './signed-link.ts';
import { wantedPayment } from './wanted-payment.ts';

export interface LinkParts {
  payments: Pick<Payments, 'create' | 'addClientSecret'>;
  clock: Clock;
  merchants: ReadonlyMap<string, LinkMerchant>;
}

/**
 * The same link again resumes the same payment; after canceled or expired it makes a new one, as long as the link is valid.
 * @param query Of the link's address, without the `?`.
 * @returns The client secret.
 * @throws ProblemError for whatever is wrong with the link, and those of creating a payment: `order_conflict` where the order
 * has a payment of other money or of another customer, `method_unavailable` where no method fits.
 */
export async function openLink({ payments, clock, merchants }: LinkParts, query: string): Promise<string> {
  const parameters = readLink(query);
  const merchant = verifyLink(merchants, parameters, clock.now());
  const id = await payments.create(merchant, wantedPayment(merchant, parameters));
  return payments.addClientSecret(id);
}
